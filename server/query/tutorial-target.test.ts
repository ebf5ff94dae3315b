// The tutorial's own FastAPI app, in Python, is a target: what it counts can be asked here.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../../e2e/free-port'
import type { Program } from '../../e2e/program'
import { startProgram } from '../../e2e/program'
import { FASTAPI_ADVICE, findFastapi } from '../../scripts/find-fastapi.mjs'
import { createHttpTarget } from '../scrape/http-target'
import type { ScrapeLoop } from '../scrape/scrape-loop'
import { createScrapeLoop } from '../scrape/scrape-loop'
import { createSeriesMemory } from '../scrape/series-memory'
import { createStorage } from '../storage/storage'
import { parseTargetList } from '../target-list'
import { createEmbeddedQuerier } from './embedded-querier'
import type { Querier } from './querier'

const INTERVAL_MS = 200
const LIMITS = {
  timeoutMs: 10_000,
  sampleLimit: 1000,
  labelLimit: 64,
  labelNameLengthLimit: 1_024,
  labelValueLengthLimit: 2_048,
}
const patience = { timeout: 30_000, interval: 100 }

const python = findFastapi()
const isMissing = python === undefined && !process.env.CI

describe("the tutorial's app", () => {
  let port: number
  let app: Program
  let loop: ScrapeLoop
  let querier: Querier

  beforeAll(async () => {
    if (isMissing) return
    if (python === undefined) throw new Error(`There is no FastAPI. ${FASTAPI_ADVICE}`)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    port = await freePort()
    app = startApp(python, port)
    const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 1000 })
    const list = parseTargetList(`tutorial=http://127.0.0.1:${port}/metrics,text=http://127.0.0.1:${port}/metrics/text`)
    const memoryOf = createSeriesMemory({
      limitBytes: 2 ** 30,
      targetCount: () => 2,
      roomFor: storage.roomFor,
      refuse: storage.refuseForMemory,
    })
    const others = list?.fixed.map((address) =>
      createHttpTarget(address, {
        ...LIMITS,
        memory: memoryOf({ job: address.job, instance: address.instance }),
      }),
    )
    const collect = async () => ({ takenAtMs: Date.now(), families: [] })
    const thisProcess = { job: 'test', instance: 'test', url: '', timeoutMs: 1000, collect }
    loop = createScrapeLoop({ intervalMs: INTERVAL_MS, thisProcess, others, sink: storage })
    querier = createEmbeddedQuerier(storage, () => loop.newestSnapshots().flatMap(({ families }) => families))
    loop.start()
    await eventually('up', { tutorial: 1, text: 1 })
  })

  afterAll(async () => {
    loop?.stop()
    await app?.kill()
  })

  /** The value of each series now, by its job. */
  async function ask(expr: string): Promise<Record<string, number>> {
    const value = await querier.instant(expr, Date.now())
    if (value.type !== 'vector') throw new Error(`expected a vector for ${expr}, got a ${value.type}`)
    const others = value.series.filter(({ labels }) => labels.job !== 'test')
    return Object.fromEntries(others.map(({ labels, value }) => [labels.job ?? '', value]))
  }

  const eventually = (expr: string, expected: Record<string, number>) =>
    vi.waitFor(async () => expect(await ask(expr), expr).toEqual(expected), patience)

  test('is counted request by request, in both formats, and goes down and up again', async ({ skip }) => {
    if (isMissing) skip(`There is no FastAPI. ${FASTAPI_ADVICE}`)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    expect(await (await get('/')).json()).toEqual({ message: 'Hello World' })
    for (let i = 0; i < 19; i++) await get('/')
    for (let i = 0; i < 3; i++) await get('/broken')
    expect((await get('/missing')).headers.get('x-process-time')).toMatch(/^0\.\d+/)

    const both = (value: number) => ({ tutorial: value, text: value })
    await eventually('requests_total{path="/", method="GET", status="200"}', both(20))
    await eventually('sum by (job) (requests_total{status=~"4..|5.."})', both(4))
    await eventually('exceptions_total{path="/broken", error="ValueError"}', both(3))
    await eventually('latency_seconds_count{path="/"}', both(20))
    await eventually('latency_seconds_bucket{path="/", le="+Inf"}', both(20))
    await eventually(`count by (job) (up{instance="127.0.0.1:${port}"})`, both(1))
    expect(await querier.metadata()).toMatchObject({
      requests_total: [{ type: 'counter', help: 'Total HTTP requests' }],
      latency_seconds: [{ type: 'histogram', help: 'HTTP request latency (seconds)' }],
    })

    await app.kill()
    await eventually('up', both(0))
    await eventually('requests_total', {})
    const errors = () => loop.targets().map(({ lastError }) => lastError)
    await vi.waitFor(() => expect(errors()).toEqual([undefined, ...Array(2).fill('connection refused')]), patience)

    app = startApp(python ?? '', port)
    await eventually('up', both(1))
    await get('/')
    await eventually('requests_total{path="/"}', both(1))
  })
})

function startApp(python: string, port: number): Program {
  const folder = fileURLToPath(new URL('./testing', import.meta.url))
  const address = ['--host', '127.0.0.1', '--port', String(port)]
  const args = ['-m', 'uvicorn', 'tutorial_app:app', '--app-dir', folder, '--no-access-log', ...address]
  return startProgram(python, args, { PYTHONDONTWRITEBYTECODE: '1' })
}
