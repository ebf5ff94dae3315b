import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { enterResponse } from '../../current-response'
import { declareHistogram } from '../../instrument/declare'
import { metricHandler } from '../../instrument/metric-handler'
import { createRegistry } from '../../instrument/registry'
import { collect } from '../collect'
import { parseExposition } from '../parse'
import type { Snapshot } from '../snapshot'
import { createMetricsEndpoint, MAX_SCRAPES_IN_FLIGHT, MAX_UNREAD_ANSWERS } from './metrics-endpoint'

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
afterEach(() => void vi.useRealTimers())

const OPENMETRICS = { accept: 'application/openmetrics-text;version=1.0.0' }
const GZIP = { 'accept-encoding': 'gzip' }

/** Twenty counters, so that the text is worth compressing. */
const snapshot: Snapshot = {
  takenAtMs: 0,
  families: Array.from({ length: 20 }, (_, index) => {
    const name = `orders_${index}_total`
    return { name, type: 'counter', help: 'Orders.', unit: '', samples: [{ name, labels: {}, value: index }] }
  }),
}

/** Of several chunks. */
const large: Snapshot = {
  takenAtMs: 0,
  families: Array.from({ length: 5_000 }, (_, index) => {
    const name = `orders_${index}_total`
    return { name, type: 'counter', help: 'x'.repeat(100), unit: '', samples: [{ name, labels: {}, value: index }] }
  }),
}

function endpointWith(own: { collect?: (signal: AbortSignal) => Promise<Snapshot> } = {}) {
  const registry = createRegistry()
  const metrics = metricHandler(registry)
  const endpoint = createMetricsEndpoint({
    collect: async () => snapshot,
    collectOwn: async () => snapshot,
    metrics,
    ...own,
  })
  /** The samples of the endpoint's own metrics that are not 0. */
  const measured = async () => {
    const { families } = await collect(registry, { withCreated: false })
    const samples = families.filter(({ name }) => name.startsWith('metric_handler')).flatMap((family) => family.samples)
    return samples
      .filter(({ value }) => value !== 0)
      .map(({ name, labels, value }) => `${name}${labels.code ?? ''} ${value}`)
  }
  const get = (headers: Record<string, string> = {}, init: RequestInit & { path?: string } = {}) =>
    endpoint.answerScrape(new Request(`http://localhost${init.path ?? '/metrics'}`, { headers, ...init }))
  return { ...endpoint, get, measured }
}

/** Runs `work` as within a request, and gives what Node's response has got by then. */
async function withNodeResponse<T>(work: () => Promise<T>) {
  const nodeRequest = Object.assign(new IncomingMessage(new Socket()), { url: '/metrics' })
  const nodeResponse = new ServerResponse(nodeRequest)
  const leave = enterResponse({ request: nodeRequest, response: nodeResponse })
  const result = await work()
  leave()
  return { result, nodeHeaders: nodeResponse.getHeaders() }
}

describe('a scrape', () => {
  test('is answered in the format that it asks for, never cached', async () => {
    const { get } = endpointWith()
    const text = await get()
    expect(text.status).toBe(200)
    expect(Object.fromEntries(text.headers)).toEqual({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'Accept, Accept-Encoding',
    })
    expect(parseExposition(await text.text())).toEqual(snapshot.families)

    const openMetrics = await get(OPENMETRICS)
    const contentType = openMetrics.headers.get('content-type') ?? ''
    expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect(parseExposition(await openMetrics.text(), contentType)).toEqual(snapshot.families)
  })

  test('by another one in another format is not disturbed', async () => {
    const { get } = endpointWith()
    const both = await Promise.all([get(), get(OPENMETRICS), get(), get(OPENMETRICS)])
    const [first, second, third, fourth] = await Promise.all(both.map((response) => response.text()))
    expect(first).toContain('# TYPE orders_0_total counter\n')
    expect(second).toContain('# TYPE orders_0 counter\n')
    expect([third, fourth]).toEqual([first, second])
  })

  test('has the exemplars where the format has them', async () => {
    const registry = createRegistry()
    const latency = declareHistogram(registry, { name: 'latency_seconds', help: 'Latency.', buckets: [1] })
    latency.observe(0.5, { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' })
    const { get } = endpointWith({ collect: () => collect(registry) })
    const families = parseExposition(await (await get(OPENMETRICS)).text(), OPENMETRICS.accept)
    const exemplars = families.flatMap(({ samples }) => samples.flatMap(({ exemplar }) => exemplar ?? []))
    expect(exemplars).toMatchObject([{ labels: { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' }, value: 0.5 }])
    expect(await (await get()).text()).not.toContain('trace_id')
  })

  test('gets the families whose names it lists', async () => {
    const { get } = endpointWith()
    const response = await get({}, { path: '/metrics?name[]=orders_7_total&name%5B%5D=orders_3&other=orders_1' })
    expect(parseExposition(await response.text()).map(({ name }) => name)).toEqual(['orders_3_total', 'orders_7_total'])
    expect(await (await get({}, { path: '/metrics?name[]=none' })).text()).toBe('')
    expect(await (await get(OPENMETRICS, { path: '/metrics?name[]=none' })).text()).toBe('# EOF\n')
  })

  test('with HEAD has the same head and no body', async () => {
    const { get, measured } = endpointWith()
    const got = await withNodeResponse(() => get({ ...OPENMETRICS, ...GZIP }))
    await got.result.arrayBuffer()
    const asked = await withNodeResponse(() => get({ ...OPENMETRICS, ...GZIP }, { method: 'HEAD' }))
    expect(asked.result.body).toBeNull()
    expect(asked.result.status).toBe(200)
    expect([...asked.result.headers]).toEqual([...got.result.headers])
    expect(asked.nodeHeaders).toEqual(got.nodeHeaders)
    expect(await measured()).not.toContainEqual(expect.stringContaining('in_flight'))
  })

  test('with any other method is refused', async () => {
    const { refuseMethod, measured } = endpointWith()
    const response = refuseMethod()
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(await response.text()).toBe('Metrics can only be read: GET or HEAD.\n')
    expect(await measured()).toEqual(['metric_handler_requests_total405 1'])
  })
})

describe('the body', () => {
  test.each(['gzip', 'GZIP', 'deflate, gzip', 'gzip;q=0.1', '*', 'br;q=1, gzip;q=0.2, identity;q=0.1'])(
    'is compressed for %s',
    async (acceptEncoding) => {
      const { get } = endpointWith()
      const { result, nodeHeaders } = await withNodeResponse(() => get({ 'accept-encoding': acceptEncoding }))
      const body = Buffer.from(await result.arrayBuffer())
      expect(nodeHeaders).toEqual({ 'content-encoding': 'gzip', 'content-length': body.length })
      expect(parseExposition(gunzipSync(body).toString())).toEqual(snapshot.families)
    },
  )

  test.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip;q=0, *', 'identity, gzip;q=0.5', '*;q=0'])(
    'is not compressed for %j',
    async (acceptEncoding) => {
      const { get } = endpointWith()
      const headers = acceptEncoding === undefined ? undefined : { 'accept-encoding': acceptEncoding }
      const { result, nodeHeaders } = await withNodeResponse(() => get(headers))
      const body = await result.text()
      expect(nodeHeaders).toEqual({ 'content-length': body.length })
      expect(parseExposition(body)).toEqual(snapshot.families)
    },
  )

  test('is not compressed where nobody could say so, since Next drops Content-Encoding', async () => {
    const response = await endpointWith().get(GZIP)
    expect(parseExposition(await response.text())).toEqual(snapshot.families)
  })
})

describe('many scrapes at once', () => {
  test('are one collection, up to a limit, and then they are told to come again', async () => {
    let finish = (_: Snapshot) => {}
    const running = new Promise<Snapshot>((resolve) => {
      finish = resolve
    })
    const collected = vi.fn(() => running)
    const { get, measured } = endpointWith({ collect: collected })
    const under = Array.from({ length: MAX_SCRAPES_IN_FLIGHT }, () => get())
    const refused = await get()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await refused.text()).toBe('5 scrapes are in progress, which is the limit: try again later.\n')
    expect(await measured()).toEqual(['metric_handler_requests_total503 1', 'metric_handler_requests_in_flight 5'])
    finish(snapshot)
    const answers = await Promise.all(under)
    expect(collected).toHaveBeenCalledOnce()
    for (const answer of answers) expect(parseExposition(await answer.text())).toEqual(snapshot.families)
    expect(console.error).not.toHaveBeenCalled()
  })

  test('have their places until their answers are made, whether these are read or not', async () => {
    const { get, measured } = endpointWith()
    const answers: Response[] = []
    for (let i = 0; i < 3 * MAX_UNREAD_ANSWERS; i++) answers.push(await get())
    expect(answers.map(({ status }) => status)).toEqual(Array(3 * MAX_UNREAD_ANSWERS).fill(200))
    expect(await measured()).toContain(`metric_handler_requests_in_flight ${MAX_UNREAD_ANSWERS}`)
    const kept = answers.splice(-MAX_UNREAD_ANSWERS)
    for (const answer of answers) await expect(answer.text()).rejects.toMatchObject({ name: 'AbortError' })
    for (const answer of kept) expect(parseExposition(await answer.text())).toEqual(snapshot.families)
    expect(await measured()).not.toContainEqual(expect.stringContaining('in_flight'))
  })

  test('keep an answer that is being read, however many others are not', async () => {
    const { get } = endpointWith({ collect: async () => large })
    const reader = (await get()).body?.getReader()
    let text = ''
    for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
      text += Buffer.from(read.value)
      for (let i = 1; i < MAX_UNREAD_ANSWERS; i++) await get()
    }
    expect(parseExposition(text)).toEqual(large.families)
  })

  test('keep no answer for longer than their time', async () => {
    vi.useFakeTimers()
    const { get, measured } = endpointWith()
    const answer = await get()
    await vi.advanceTimersByTimeAsync(10_000)
    await expect(answer.text()).rejects.toMatchObject({ name: 'AbortError' })
    expect(await measured()).not.toContainEqual(expect.stringContaining('in_flight'))
  })
})

describe('a scrape that fails', () => {
  test('for want of time is a 503, within the time that the scraper waits, and is logged once', async () => {
    vi.useFakeTimers()
    const { get, measured } = endpointWith({ collect: () => new Promise(() => {}) })
    for (let times = 0; times < 3; times++) {
      const scrape = get({ 'x-prometheus-scrape-timeout-seconds': '2' })
      await vi.advanceTimersByTimeAsync(1800)
      const response = await scrape
      expect(response.status).toBe(503)
      expect(await response.text()).toBe('The metrics were not ready within 1.8 seconds.\n')
    }
    expect(console.error).toHaveBeenCalledOnce()
    expect(await measured()).toEqual(['metric_handler_requests_total503 3'])
  })

  test('for want of time does so after 9 seconds where the scraper does not say how long it waits', async () => {
    vi.useFakeTimers()
    const { get } = endpointWith({ collect: () => new Promise(() => {}) })
    const scrape = get()
    await vi.advanceTimersByTimeAsync(8999)
    expect(await Promise.race([scrape, 'still waiting'])).toBe('still waiting')
    await vi.advanceTimersByTimeAsync(1)
    expect((await scrape).status).toBe(503)
  })

  test('for another reason is a 500 with it, and is logged once', async () => {
    const { get, measured } = endpointWith({ collect: () => Promise.reject(new Error('the registry is broken')) })
    for (let times = 0; times < 3; times++) {
      const response = await get(OPENMETRICS)
      expect(response.status).toBe(500)
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(await response.text()).toBe('The metrics could not be collected: the registry is broken\n')
    }
    expect(console.error).toHaveBeenCalledOnce()
    expect(await measured()).toEqual(['metric_handler_requests_total500 3'])
  })

  test('because its client left ends the collection, and is neither logged nor called a failure', async () => {
    let signal: AbortSignal | undefined
    const { get, measured } = endpointWith({
      collect: (given) => {
        signal = given
        return new Promise(() => {})
      },
    })
    const client = new AbortController()
    const scrape = get({}, { signal: client.signal })
    client.abort()
    expect((await scrape).status).toBe(499)
    expect(signal?.aborted).toBe(true)
    expect(console.error).not.toHaveBeenCalled()
    expect(await measured()).toEqual(['metric_handler_requests_total499 1'])
  })
})

test('the endpoint measures itself as promhttp does, from 0, and the last scrape once there was one', async () => {
  const registry = createRegistry()
  const { answerScrape } = createMetricsEndpoint({
    collect: () => collect(registry),
    collectOwn: () => collect(registry),
    metrics: metricHandler(registry),
  })
  const scrape = async () => (await answerScrape(new Request('http://localhost/metrics'))).text()
  const first = await scrape()
  for (const code of [200, 401, 405, 499, 500, 503]) expect(first).toContain(`_requests_total{code="${code}"} 0\n`)
  expect(first).toContain('\nmetric_handler_requests_in_flight 1\n')
  expect(first).not.toContain('last_scrape')
  const second = await scrape()
  expect(second).toContain('_requests_total{code="200"} 1\n')
  expect(second).toContain(`\nmetric_handler_last_scrape_size_bytes ${first.length}\n`)
  expect(second).toMatch(/\nmetric_handler_last_scrape_duration_seconds 0\.\d+\n/)
})

test('?worker=self is this process alone, and any other worker is refused', async () => {
  const registry = createRegistry()
  const own = { ...snapshot, families: snapshot.families.map((family) => ({ ...family, help: 'Of one worker.' })) }
  const { answerScrape } = createMetricsEndpoint({
    collect: async () => snapshot,
    collectOwn: async () => own,
    metrics: metricHandler(registry),
  })
  const ask = (query: string) => answerScrape(new Request(`http://localhost/metrics${query}`))
  expect(await (await ask('')).text()).not.toContain('Of one worker.')
  expect(await (await ask('?worker=self')).text()).toContain('Of one worker.')
  const refused = await ask('?worker=2')
  expect([refused.status, await refused.text()]).toEqual([
    400,
    'expected worker=self, for the process that answers, or no worker, for all: got "2"\n',
  ])
})
