// Real Prometheus servers, an old one and a new one, scrape this app in both formats, with a token, gzip and exemplars.
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { findPrometheus, findPromtool, PROMETHEUS_2, PROMETHEUS_3 } from '../scripts/find-prometheus.mjs'
import type { RealPrometheus } from './real-prometheus'
import { startPrometheus } from './real-prometheus'
import type { Relay } from './relay'
import { startRelay } from './relay'
import type { Server } from './start-server'
import { startServer } from './start-server'

const TOKEN = 'only-for-scrapers'
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN_ID = '00f067aa0ba902b7'

let folder: string
let server: Server
/** As the scraper asks by itself, which is for OpenMetrics first. */
let openMetrics: Relay
/** The scraper made to take text only. */
let text: Relay

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'token-'))
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, `${TOKEN}\n`)
  server = await startServer({ env: { METRICS_TOKEN_FILE: tokenFile } })
  openMetrics = await startRelay(server.url)
  text = await startRelay(server.url, 'text/plain;version=0.0.4;q=0.6,*/*;q=0.5')
})
test.afterAll(async () => {
  openMetrics?.stop()
  text?.stop()
  await server?.stop()
  await rm(folder, { recursive: true })
})

for (const release of [PROMETHEUS_3, PROMETHEUS_2]) {
  const knowsCreatedTimes = release === PROMETHEUS_3

  test.describe(`Prometheus ${release.major}`, () => {
    let prometheus: RealPrometheus
    test.beforeAll(async () => {
      const path = findPrometheus(release)
      const absence = `There is no Prometheus ${release.major}. ${release.advice}`
      test.info().skip(path === undefined && !process.env.CI, absence)
      if (path === undefined) throw new Error(absence)
      const jobs = [
        { job: 'openmetrics', url: openMetrics.url, token: TOKEN },
        { job: 'text', url: text.url, path: '/metrics', token: TOKEN },
        { job: 'stranger', url: server.url },
      ]
      prometheus = await startPrometheus(path, jobs, knowsCreatedTimes ? ['created-timestamp-zero-ingestion'] : [])
    })
    test.afterAll(() => prometheus?.stop())

    test('scrapes both formats with its authorization, and complains of nothing', async () => {
      await sleep(4000)
      for (const job of ['openmetrics', 'text']) {
        expect(await prometheus.target(job), job).toMatchObject({ health: 'up', lastError: '' })
      }
      expect([...(await prometheus.ask('min_over_time(up{job!="stranger"}[1m])')).values()]).toEqual([1, 1])
      expect(Object.values(await prometheus.refusals()).filter((count) => count > 0)).toEqual([])
      expect(prometheus.complaints()).toEqual([])
    })

    test(`sees the same series in both${knowsCreatedTimes ? '' : ', but for created times'}`, async () => {
      const others = `up|scrape_.*${knowsCreatedTimes ? '' : '|.*_created'}`
      const series = async (job: string) => {
        const found = await prometheus.ask(`count by (__name__) ({job="${job}", __name__!~"${others}"})`)
        return [...found.keys()].sort()
      }
      await expect.poll(() => series('text')).toContainEqual(expect.stringContaining('last_scrape'))
      const inText = await series('text')
      expect(inText.length).toBeGreaterThan(30)
      await expect.poll(() => series('openmetrics')).toEqual(inText)
    })

    test('gets nothing without the token', async () => {
      const refused = { health: 'down', lastError: 'server returned HTTP status 401 Unauthorized' }
      expect(await prometheus.target('stranger')).toMatchObject(refused)
    })

    test('gets every answer compressed, under the exact name of its format', () => {
      const kinds = ({ passages }: Relay) => {
        const heads = passages.map(
          ({ status, answered }) => `${status} ${answered['content-type']} ${answered['content-encoding']}`,
        )
        return [...new Set(heads)]
      }
      expect(kinds(openMetrics)).toEqual(['200 application/openmetrics-text; version=1.0.0; charset=utf-8 gzip'])
      expect(kinds(text)).toEqual(['200 text/plain; version=0.0.4; charset=utf-8 gzip'])
    })

    test('stores the trace of a request as the exemplar of its latency', async () => {
      const headers = { traceparent: `00-${TRACE_ID}-${SPAN_ID}-01` }
      const response = await fetch(`${server.url}/demo/api/orders/7`, { headers })
      await response.arrayBuffer()
      const seconds = response.headers.get('x-process-time')
      const found = () => prometheus.exemplars('latency_seconds_bucket{route="/demo/api/orders/[id]"}')
      const expected = {
        trace_id: TRACE_ID,
        span_id: SPAN_ID,
        status: '200',
        job: 'openmetrics',
        value: String(Number(seconds)),
      }
      await expect.poll(found).toContainEqual(expect.objectContaining(expected))
      expect((await found()).filter(({ job }) => job !== 'openmetrics')).toEqual([])
    })

    if (knowsCreatedTimes) {
      test('takes the created time of a counter for when it was 0', async () => {
        const least = 'min_over_time(requests_total{job="openmetrics", route="/demo/api/orders/[id]"}[1h])'
        await expect.poll(async () => [...(await prometheus.ask(least)).values()]).toEqual([0])
      })
    }

    test('has a linter, which finds nothing', async () => {
      const headers = { authorization: `Bearer ${TOKEN}` }
      const exposition = await (await fetch(`${server.url}/metrics`, { headers })).text()
      const promtool = findPromtool(release) ?? 'promtool'
      const checked = spawnSync(promtool, ['check', 'metrics'], { input: exposition, encoding: 'utf8' })
      expect({ said: checked.stdout + checked.stderr, status: checked.status }).toEqual({ said: '', status: 0 })
    })
  })
}

test('the token is not in what the server says', () => {
  expect(server.output()).not.toContain(TOKEN)
})
