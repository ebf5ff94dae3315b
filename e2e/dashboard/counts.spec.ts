// Every request is on the page, to the last one.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { sumOf } from '../exposition'
import { send } from '../send'

const SENT = [
  { method: 'GET', path: '/demo/products/7', times: 17, route: '/demo/products/[id]', status: '200' },
  { method: 'POST', path: '/demo/api/orders?status=201', times: 6, route: '/demo/api/orders', status: '201' },
  { method: 'GET', path: '/no/such/path', times: 5, route: '/_not-found', status: '404' },
  { method: 'GET', path: '/demo/api/payments', times: 4, route: '/demo/api/payments', status: '500' },
]
const ALL = SENT.reduce((sum, { times }) => sum + times, 0)

test('n requests sent are n requests on the page and in /metrics', async ({ overview, fresh }) => {
  await overview.open()
  await Promise.all(SENT.map(({ path, times, method }) => send(fresh.url, path, times, method)))

  await expect.poll(() => overview.total()).toBe(ALL)
  for (const { route, times, method, status } of SENT) {
    expect(await overview.routes.total(route)).toBe(times)
    expect(await sumOf(fresh.url, 'requests_total', { method, route, status })).toBe(times)
    expect(await sumOf(fresh.url, 'requests_total', { route })).toBe(times)
    expect(await overview.routes.cell(route, '5xx')).toBe(status === '500' ? '100%' : '0%')
  }
  await overview.panel('Requests').getByRole('button', { name: 'Count' }).click()
  expect(await overview.legend(overview.panel('Requests'))).toEqual(new Map([['requests', `${ALL}`]]))
  await expect(overview.panel('Latency buckets')).toContainText(`${ALL} requests`)
  await expect(overview.tile('Errors (5xx)')).toContainText(`${((4 / ALL) * 100).toFixed(1)}%`)

  await send(fresh.url, '/demo/products/8')
  await expect.poll(() => overview.total()).toBe(ALL + 1)
  await expect.poll(() => overview.routes.total('/demo/products/[id]')).toBe(18)
})

test('the first request of a route is in every rate', async ({ overview, fresh }) => {
  // The longer the range, the longer the window of the rates: all three have to be in it at once.
  await overview.open('?range=1h')
  await Promise.all(SENT.map(({ path, method }) => send(fresh.url, path, 1, method)))
  const rising = async () =>
    [...(await overview.legend(overview.panel('Requests')))]
      .filter(([, value]) => Number(value) > 0)
      .map(([name]) => name)
  await expect.poll(rising).toEqual(['2xx', '4xx', '5xx'])
})

test('all traffic shows the requests of the page itself, app traffic does not', async ({ overview, fresh }) => {
  await overview.open()
  await send(fresh.url, '/', 3)
  await expect.poll(() => overview.total()).toBe(3)
  expect(await overview.routes.names()).toEqual(['/'])

  await overview.choice('All traffic').click()
  await expect(overview.routes.link('/dashboard')).toBeVisible()
  // The server was asked for its dashboard once to know that it is up.
  expect(await overview.routes.total('/dashboard')).toBe(2)
  expect(await overview.total()).toBeGreaterThan(3)

  await overview.choice('App traffic').click()
  await expect.poll(() => overview.total()).toBe(3)
})
