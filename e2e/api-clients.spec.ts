// Clients of Prometheus's HTTP API that others have written ask this app: promtool, old and new, and vmalert.
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { findPrometheus, findPromtool, PROMETHEUS_2, PROMETHEUS_3 } from '../scripts/find-prometheus.mjs'
import { findVmalert, VMALERT_ADVICE } from '../scripts/find-vmalert.mjs'
import { shapeOf } from '../server/query/api/differential/compare'
import { freePort } from './free-port'
import type { Program } from './program'
import { startProgram } from './program'
import { startPrometheus } from './real-prometheus'
import { send } from './send'
import type { Server } from './start-server'
import { startServer } from './start-server'

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN_ID = '00f067aa0ba902b7'
const ORDERS = 'requests_total{route="/demo/api/orders/[id]"}'

let server: Server
let api: string

test.beforeAll(async () => {
  server = await startServer({ env: { SCRAPE_INTERVAL: '250ms' } })
  api = `${server.url}/prometheus`
  await send(server.url, '/demo/api/orders/1', 3)
  const orders = async () => (await answer(`query?query=${encodeURIComponent(ORDERS)}`)).data.result[0]?.value[1]
  await expect.poll(orders).toBe('3')
})
test.afterAll(() => server?.stop())

async function answer(path: string, init?: RequestInit) {
  return (await fetch(`${api}/api/v1/${path}`, init)).json()
}

for (const release of [PROMETHEUS_3, PROMETHEUS_2]) {
  test.describe(`promtool of Prometheus ${release.major}`, () => {
    let program = ''
    test.beforeAll(() => {
      const absence = `There is no Prometheus ${release.major}. ${release.advice}`
      program = (findPrometheus(release) && findPromtool(release)) ?? ''
      test.info().skip(program === '' && !process.env.CI, absence)
      if (program === '') throw new Error(absence)
    })

    const promtool = (...args: string[]) => {
      const { status, stderr, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 })
      expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' })
      return stdout
    }

    test('asks at an instant and over a range', () => {
      const now = Date.now() / 1000
      expect(promtool('query', 'instant', api, ORDERS)).toMatch(
        /^requests_total\{.*route="\/demo\/api\/orders\/\[id\]".*\} => 3 @\[/,
      )
      const range = ['--start', `${now - 30}`, '--end', `${now + 5}`, '--step', '1s']
      expect(promtool('query', 'range', ...range, api, `sum(${ORDERS})`)).toMatch(/^\{\} =>\n(?:.*\n)*3 @\[[\d.]+\]\n/)
    })

    test('finds series and labels', () => {
      expect(promtool('query', 'series', '--match', ORDERS, api)).toContain('route="/demo/api/orders/[id]"')
      expect(promtool('query', 'labels', api, 'job').trim()).toBe('hearth')
    })

    // That of 2.42 has no such command.
    if (release === PROMETHEUS_3) {
      test('finds it healthy and ready', () => {
        for (const what of ['healthy', 'ready']) {
          const { status, stderr, stdout } = spawnSync(program, ['check', what, `--url=${api}`], { encoding: 'utf8' })
          expect([status, stderr + stdout]).toEqual([0, expect.stringContaining('SUCCESS')])
        }
      })
    }

    test('is told what is wrong with an expression', () => {
      const { status, stderr, stdout } = spawnSync(program, ['query', 'instant', api, 'sum('], { encoding: 'utf8' })
      expect(status).not.toBe(0)
      expect(stderr + stdout).toContain('1:5: parse error: unclosed left parenthesis')
    })
  })
}

test.describe('vmalert', () => {
  let folder: string
  let vmalert: Program | undefined
  let port: number
  test.beforeAll(async () => {
    const path = findVmalert()
    const absence = `There is no vmalert. ${VMALERT_ADVICE}`
    test.info().skip(path === undefined && !process.env.CI, absence)
    if (path === undefined) throw new Error(absence)
    folder = await mkdtemp(join(tmpdir(), 'vmalert-'))
    const rules = [
      { alert: 'Orders', expr: `sum by (route) (${ORDERS}) > 2`, labels: { severity: 'page' } },
      { alert: 'NoOrders', expr: `sum(${ORDERS}) < 1` },
    ]
    // JSON is YAML too.
    await writeFile(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'shop', interval: '1s', rules }] }))
    port = await freePort()
    vmalert = startProgram(path, [
      `-rule=${join(folder, 'rules.yml')}`,
      `-datasource.url=${api}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-notifier.blackhole',
      // By default it asks for what was half a minute ago.
      '-rule.evalDelay=0s',
    ])
  })
  test.afterAll(async () => {
    await vmalert?.stop()
    if (folder) await rm(folder, { recursive: true })
  })

  test('evaluates alerts', async () => {
    type Rule = { name: string; state: string; health: string; lastError: string; alerts?: { labels: object }[] }
    const rules = async () => {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/rules`).catch(() => undefined)
      const groups = (await response?.json())?.data.groups as { rules: Rule[] }[] | undefined
      return groups?.[0]?.rules.map(({ alerts, health, lastError, name, state }) => ({
        name,
        state,
        health,
        lastError,
        labels: alerts?.map(({ labels }) => labels),
      }))
    }
    const labels = { alertgroup: 'shop', alertname: 'Orders', route: '/demo/api/orders/[id]', severity: 'page' }
    await expect
      .poll(rules, { timeout: 60_000 })
      .toEqual([
        { name: 'Orders', state: 'firing', health: 'ok', lastError: '', labels: [expect.objectContaining(labels)] },
        expect.objectContaining({ name: 'NoOrders', state: 'inactive', health: 'ok', lastError: '' }),
      ])
  })
})

test('targets and their metrics are described as a Prometheus that scrapes this app describes them', async () => {
  const path = findPrometheus()
  test.info().skip(path === undefined && !process.env.CI, `There is no Prometheus. ${PROMETHEUS_3.advice}`)
  if (path === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_3.advice}`)
  const prometheus = await startPrometheus(path, [{ job: 'hearth', url: server.url }])
  try {
    const theirs = async (question: string) => (await fetch(`${prometheus.url}/api/v1/${question}`)).json()
    // Not a counter, whose family has another name in OpenMetrics than its samples.
    const ofMetric = 'metric=latency_seconds'
    for (const question of ['targets', `targets/metadata?${ofMetric}`, `metadata?${ofMetric}`, 'scrape_pools']) {
      const [real, ours] = [await theirs(question), await answer(question)]
      expect({ question, shape: shapeOf(ours) }).toEqual({ question, shape: shapeOf(real) })
    }
  } finally {
    await prometheus.stop()
  }
})

test('an exemplar leads from a latency to its trace', async () => {
  const headers = { traceparent: `00-${TRACE_ID}-${SPAN_ID}-01` }
  await (await fetch(`${server.url}/demo/api/orders/7`, { headers })).arrayBuffer()
  const query = encodeURIComponent('latency_seconds_bucket{route="/demo/api/orders/[id]"}')
  const traces = async () => {
    const { data } = await answer(`query_exemplars?query=${query}`)
    return data.flatMap((series: { exemplars: { labels: Record<string, string> }[] }) =>
      series.exemplars.map(({ labels }) => labels.trace_id),
    )
  }
  await expect.poll(traces).toEqual([TRACE_ID])
})

test('who asks over HTTP gets what Prometheus gives', async () => {
  const get = (path: string, init?: RequestInit) => fetch(`${api}/api/v1/${path}`, init)
  const everything = await get('query?query=%7B__name__!=%22%22%7D', {
    headers: { 'accept-encoding': 'gzip' },
  })
  expect(everything.headers.get('content-encoding')).toBe('gzip')
  expect((await everything.json()).data.result.length).toBeGreaterThan(100)

  const foreign = await get('query?query=1', { headers: { origin: 'http://elsewhere' } })
  expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null])

  const unknown = await get('nothing')
  expect([unknown.status, await unknown.text()]).toEqual([404, '404 page not found\n'])
  const wrongMethod = await get('query', { method: 'PUT' })
  expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'GET, OPTIONS, POST'])
  expect((await get('query', { method: 'OPTIONS' })).status).toBe(204)
  expect((await get('query?query=1', { method: 'HEAD' })).status).toBe(405)
  expect((await get('query_exemplars?query=1')).status).toBe(204)

  const version = await (await fetch(`${api}/version`)).json()
  expect(version).toEqual((await answer('status/buildinfo')).data)
  expect((await answer('features')).data.promql).toMatchObject({ duration_expr: true, fill: false })
  const notifications = await get('notifications/live')
  expect([notifications.status, notifications.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  await notifications.body?.cancel()

  const form = new URLSearchParams({ 'match[]': 'up', limit: '1' })
  expect((await answer('series', { method: 'POST', body: form })).data).toHaveLength(1)
  expect((await answer('label/U__job/values')).data).toEqual(['hearth'])
  const { activeTargets } = (await answer('targets')).data
  expect(activeTargets[0]).toMatchObject({ health: 'up', scrapePool: 'hearth', scrapeInterval: '250ms' })
  expect((await answer('metadata?metric=requests_total')).data.requests_total).toHaveLength(1)
  expect((await answer('status/tsdb')).data.headStats.numSeries).toBeGreaterThan(100)
})
