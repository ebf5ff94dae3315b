// Whole processes that send what they have counted, to real receivers, and end in all ways.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { bundle } from '../../scripts/bundle.mjs'
import type { Engine } from './testing/engines'
import { ENGINES, startEngine } from './testing/engines'
import type { Receiver } from './testing/receiver'
import { startReceiver } from './testing/receiver'

let program: string
let child: ChildProcess | undefined
let said = ''
beforeAll(async () => {
  program = await bundle(fileURLToPath(new URL('pushing-app.program.ts', import.meta.url)))
})
afterEach(() => void child?.kill('SIGKILL'))

async function startApp(env: Record<string, string>): Promise<{ url: string; child: ChildProcess }> {
  said = ''
  const started = spawn(process.execPath, ['--enable-source-maps', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATA_DIR: '', SCRAPE_INTERVAL: '500ms', RETENTION: '5m', FLUSH_INTERVAL: '1s', ...env },
  })
  child = started
  const hear = (text: Buffer) => {
    said += text
  }
  started.stdout.on('data', hear)
  started.stderr.on('data', hear)
  await vi.waitFor(() => expect(said).toMatch(/listening on \d+/), { timeout: 30_000 })
  return { url: `http://127.0.0.1:${/listening on (\d+)/.exec(said)?.[1]}`, child: started }
}

const request = async (url: string, count: number) => {
  for (let i = 0; i < count; i++) await (await fetch(url, { headers: { connection: 'close' } })).text()
}

describe.each(ENGINES)('a real $name', (kind) => {
  const isMissing = kind.find() === undefined && !process.env.CI
  let engine: Engine
  beforeAll(async () => {
    if (!isMissing) engine = await startEngine(kind)
  })
  afterAll(() => engine?.stop())

  test.each<[sentence: string, instance: string, end: (app: { url: string; child: ChildProcess }) => unknown]>([
    ['SIGTERM', 'terminated', ({ child }) => child.kill('SIGTERM')],
    ['an exception', 'thrown', ({ url }) => fetch(`${url}/throw`).catch(() => {})],
  ])('has all that was counted up to the end, and knows that it ended: %s', async (_sentence, instance, end) => {
    if (isMissing) return
    const app = await startApp({ REMOTE_WRITE_URL: engine.writeUrl, HEARTH_JOB: 'shop', HEARTH_INSTANCE: instance })
    const exited = once(app.child, 'exit')
    await request(app.url, 30)
    // The newest scrape has seen none or some of these.
    await end(app)
    await exited
    const counted = `sum(max_over_time(requests_total{instance="${instance}"}[1m]))`
    const expected = instance === 'thrown' ? 31 : 30
    await vi.waitFor(async () => expect([...(await engine.ask(counted)).values()]).toEqual([expected]), {
      timeout: 10_000,
    })
    const left = await engine.ask(`{job="shop",instance="${instance}"}`)
    expect([...left.keys()]).toEqual([])
    // What scrapes don't bring is not sent at the end either.
    expect((await engine.ask('last_over_time({__name__=~".+_created"}[5m])')).size).toBe(0)
    expect(said).not.toContain('refused')
  })
})

describe('a receiver that is read', () => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.stop())

  test('flush sends what was counted a moment before', async () => {
    const app = await startApp({ REMOTE_WRITE_URL: receiver.url, SCRAPE_INTERVAL: '1m', RETENTION: '1h' })
    await request(app.url, 5)
    await request(`${app.url}/flush`, 1)
    const counts = receiver.samples.filter(
      ({ labels, isStale }) => labels.__name__ === 'requests_total' && labels.status === '200' && !isStale,
    )
    expect(counts.at(-1)?.value).toBe(5)
  })

  test('secrets are in no line of the log and in no metric, also where it fails', async () => {
    const url = receiver.url.replace('//', '//ann:hidden-1@')
    Object.assign(receiver, { samples: [], requests: [] })
    receiver.next.push((response) => void response.writeHead(500).end())
    const app = await startApp({
      REMOTE_WRITE_URL: `${url}?key=hidden-2`,
      REMOTE_WRITE_HEADERS: 'X-Scope-OrgID: hidden-3',
    })
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(0), { timeout: 10_000 })
    expect(receiver.requests[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('ann:hidden-1').toString('base64')}`,
      'x-scope-orgid': 'hidden-3',
    })
    await vi.waitFor(() => expect(receiver.samples.some(({ labels }) => labels.url !== undefined)).toBe(true), {
      timeout: 20_000,
    })
    expect(JSON.stringify(receiver.samples)).not.toContain('hidden')
    expect(said).not.toContain('hidden')
    expect(said).toContain('remote write to http://127.0.0.1:')
    app.child.kill('SIGKILL')
  })

  test('where nobody answers the end of the process does not wait for long', async () => {
    const app = await startApp({ REMOTE_WRITE_URL: 'http://127.0.0.1:9/api/v1/write' })
    const exited = once(app.child, 'exit')
    await request(app.url, 3)
    await vi.waitFor(() => expect(said).toContain('fails, and is tried again'), { timeout: 10_000 })
    app.child.kill('SIGTERM')
    await exited
    expect(said).toMatch(/\d+ samples could not be sent before the end of the process/)
  })
})
