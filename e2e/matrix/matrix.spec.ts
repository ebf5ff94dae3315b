// Sends the same requests to `next start`, `next dev` and the standalone server: each must count every one of them, and
// nothing else, under the same labels.
import { expect, test } from '@playwright/test'
import type { Mode, Server } from '../start-server'
import { launchServer } from '../start-server'
import { greetUntilAnswered } from './greet-until-answered'
import type { Sent } from './requests'
import { REQUESTS } from './requests'

const MODES: Mode[] = ['start', 'dev', 'standalone']

/** What a request may change: every sample of these but the histogram's buckets and those of our own reading. */
const RELEVANT =
  /^(?:requests_|exceptions_total|latency_seconds_(?:sum|count)|trpc_requests_total)(?!.*route="\/api\/metrics")/

for (const mode of MODES) {
  test.describe(`the server (${mode})`, () => {
    test.describe.configure({ mode: 'serial' })
    let server: Server

    test.beforeAll(async () => {
      server = await launchServer({ mode })
    })
    test.afterAll(() => server.kill())

    test('counts the requests that came before its instrumentation', async () => {
      test.setTimeout(180_000)
      const greetings = await greetUntilAnswered(server)
      const counted = (await read(server.port)).get('requests_total{method="GET",route="/",status="200"}')
      expect(counted).toBe(greetings)
    })

    test('is warm', async () => {
      // `next dev` compiles a route at its first request; what is counted of that is looked at below.
      test.setTimeout(300_000)
      for (const { send } of REQUESTS) await send(server.port)
    })

    for (const sent of REQUESTS) {
      test(`counts ${sent.sentence}`, async () => {
        const before = await read(server.port)
        const processTime = await sent.send(server.port)
        await expect.poll(async () => changes(before, await read(server.port))).toEqual(expectedChanges(sent))
        if (processTime === undefined || sent.counted.length > 1) return
        const [sum] = (await secondsSince(before, server.port)).filter((seconds) => seconds > 0)
        expect(sum).toBeCloseTo(Number(processTime), 6)
      })
    }

    test('shows a stream as one until its client leaves', async () => {
      const leaving = new AbortController()
      const before = await read(server.port)
      await fetch(`http://127.0.0.1:${server.port}/demo/stream?events=600`, { signal: leaving.signal })
      const inFlight = async () => changes(before, await read(server.port))['requests_in_flight{kind="stream"}']
      expect(await inFlight()).toBe(1)
      leaving.abort()
      await expect.poll(inFlight).toBeUndefined()
    })

    test('ends at SIGTERM', async () => {
      expect(await server.stop()).toBe(mode === 'dev' ? 0 : 143)
    })
  })
}

type Readings = Map<string, number>

async function read(port: number): Promise<Readings> {
  const exposition = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text()
  const lines = exposition.split('\n').filter((line) => RELEVANT.test(line))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

/** How much each sample has changed, without the sums of seconds and what is as it was. */
function changes(before: Readings, after: Readings): Record<string, number> {
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => !name.includes('_sum{'))
  const pairs = names.map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const)
  return Object.fromEntries(pairs.filter(([, change]) => change !== 0))
}

async function secondsSince(before: Readings, port: number): Promise<number[]> {
  const after = await read(port)
  return [...after].filter(([name]) => name.includes('_sum{')).map(([name, sum]) => sum - (before.get(name) ?? 0))
}

function expectedChanges({ counted, aborted = [], exception, procedures = [] }: Sent): Record<string, number> {
  const expected: Record<string, number> = {}
  const add = (name: string) => {
    expected[name] = (expected[name] ?? 0) + 1
  }
  for (const [method, route, status] of counted.map((words) => words.split(' '))) {
    add(`requests_total{method="${method}",route="${route}",status="${status}"}`)
    if (status !== '499') add(`latency_seconds_count{method="${method}",route="${route}",status="${status}"}`)
  }
  for (const [method, route] of aborted.map((words) => words.split(' '))) {
    add(`requests_aborted_total{method="${method}",route="${route}"}`)
  }
  for (const [procedure, type, code] of procedures.map((words) => words.split(' '))) {
    add(`trpc_requests_total{procedure="${procedure}",type="${type}",code="${code}"}`)
  }
  const [route, kind, error] = exception?.split(' ') ?? []
  if (exception !== undefined) add(`exceptions_total{route="${route}",kind="${kind}",error="${error}"}`)
  return expected
}
