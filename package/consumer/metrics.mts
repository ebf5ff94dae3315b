// Metrics as an app declares them, in an app that checks the types of its packages too.
import { counter, gauge, histogram, summary } from 'hearth-metrics/metrics'

const orders = counter({ name: 'orders_total', help: 'Orders.', labels: ['country'] })
orders.inc({ country: 'fr' })
orders.inc({ country: 'fr' }, 2)
// @ts-expect-error a label that was not declared
orders.inc({ city: 'Paris' })
// @ts-expect-error no labels where some were declared
orders.inc()

gauge({ name: 'queue', help: 'Waiting.' }).set(3)
// @ts-expect-error a counter without a help text
counter({ name: 'orders_total' })
// @ts-expect-error a histogram without buckets
histogram({ name: 'size_bytes', help: 'Size.' })
histogram({ name: 'size_bytes', help: 'Size.', buckets: [1, 2] }).observe(1, { trace_id: 'a' })
summary({ name: 'wait_seconds', help: 'Waits.', quantiles: [0.5] }).observe(1)
