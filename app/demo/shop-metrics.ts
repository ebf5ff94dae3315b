// What the demo's shop counts: an app's own metrics, as docs/own-metrics.md explains them.
import { counter } from '@/server/instrument/own-metrics'

const CURRENCIES = ['EUR', 'USD'] as const
const startAt0 = CURRENCIES.map((currency) => ({ currency }))

export const orders = counter({
  name: 'shop_orders_total',
  help: 'Orders that were placed.',
  labels: ['currency'],
  startAt0,
})

export const revenue = counter({
  name: 'shop_revenue_total',
  help: 'What was ordered, in units of its currency.',
  labels: ['currency'],
  startAt0,
})
