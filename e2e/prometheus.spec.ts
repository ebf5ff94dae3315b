// A real Prometheus scrapes this app: it complains of nothing, and counts what was sent to the last request.
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { findPrometheus, findPromtool, PROMETHEUS_ADVICE } from '../scripts/find-prometheus.mjs'
import type { RealPrometheus } from './real-prometheus'
import { startPrometheus } from './real-prometheus'
import { test } from './test'

/** Path, method, how many; the last two words are the labels under which they are counted. */
const SENT = [
  { path: '/', method: 'GET', times: 40, route: '/', status: '200' },
  { path: '/demo/api/orders/7', method: 'GET', times: 12, route: '/demo/api/orders/[id]', status: '200' },
  { path: '/demo/api/orders?status=422', method: 'POST', times: 5, route: '/demo/api/orders', status: '422' },
  { path: '/demo/products/7', method: 'GET', times: 3, route: '/demo/products/[id]', status: '200' },
  { path: '/demo/api/payments', method: 'GET', times: 4, route: '/demo/api/payments', status: '500' },
  { path: '/no/such/path', method: 'GET', times: 6, route: '/_not-found', status: '404' },
]

/** Neither its own scrapes nor the request by which a test's server was awaited. */
const OTHERS = 'route!~"/api/metrics|/dashboard"'

test.describe('a real Prometheus', () => {
  const path = findPrometheus()
  const promtool = findPromtool()
  let prometheus: RealPrometheus
  test.beforeAll(async ({ server }) => {
    test.info().skip(path === undefined && !process.env.CI, `There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    if (path === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    prometheus = await startPrometheus(path, [{ job: 'hearth', url: server.url }])
  })
  test.afterAll(() => prometheus?.stop())

  test('counts every request that was sent', async ({ server }) => {
    const before = await prometheus.ask(`sum by (route, status, method) (requests_total{${OTHERS}})`)
    for (const { path, method, times } of SENT) {
      const answers = Array.from({ length: times }, () => fetch(`${server.url}${path}`, { method }))
      for (const answer of await Promise.all(answers)) await answer.arrayBuffer()
    }
    const expected = SENT.map(({ method, route, status, times }): [string, number] => {
      const labels = JSON.stringify({ method, route, status })
      return [labels, (before.get(labels) ?? 0) + times]
    })
    const total = [...new Map([...before, ...expected]).values()].reduce((sum, count) => sum + count, 0)

    const counted = () => prometheus.ask(`sum by (route, status, method) (requests_total{${OTHERS}})`)
    await expect.poll(async () => [...(await counted())]).toEqual(expect.arrayContaining(expected))
    const sum = await prometheus.ask(`sum(requests_total{${OTHERS}})`)
    expect([...sum.values()]).toEqual([total])
  })

  test('complains of nothing', async () => {
    await sleep(5000)
    expect(await prometheus.target('hearth')).toMatchObject({ health: 'up', lastError: '' })
    expect([...(await prometheus.ask('min_over_time(up[1m])')).values()]).toEqual([1])
    expect([...(await prometheus.ask('count_over_time(up[1m]) >= bool 5')).values()]).toEqual([1])
    const refusals = await prometheus.refusals()
    expect(Object.keys(refusals)).toContain('prometheus_target_scrapes_sample_duplicate_timestamp_total')
    expect(Object.values(refusals).filter((count) => count > 0)).toEqual([])
    expect(prometheus.complaints()).toEqual([])
  })

  test('has a linter, which finds nothing in the exposition', async ({ server }) => {
    const exposition = await (await fetch(`${server.url}/metrics`)).text()
    const checked = spawnSync(promtool ?? 'promtool', ['check', 'metrics'], { input: exposition, encoding: 'utf8' })
    expect({ said: checked.stdout + checked.stderr, status: checked.status }).toEqual({ said: '', status: 0 })
  })
})
