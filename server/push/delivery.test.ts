import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Delivery, DeliveryOptions } from './delivery'
import { createDelivery } from './delivery'
import type { Receiver } from './testing/receiver'
import { startReceiver } from './testing/receiver'

let receiver: Receiver
let delivery: Delivery
let said: string[]
const counted = { sent: 0, failed: 0, retried: 0, dropped: 0 }

beforeEach(async () => {
  receiver = await startReceiver()
  Object.assign(counted, { sent: 0, failed: 0, retried: 0, dropped: 0 })
  said = []
  for (const method of ['log', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void said.push(line))
  }
})
afterEach(async () => {
  delivery.stop()
  await receiver.stop()
})

function begin(options: Partial<DeliveryOptions> = {}): void {
  delivery = createDelivery({
    name: 'remote write',
    destination: { url: receiver.url, headers: { authorization: 'Bearer secret' } },
    counts: {
      sent: ({ samples }, _seconds, rejected) => {
        counted.sent += samples - rejected
        counted.failed += rejected
      },
      failed(samples) {
        counted.failed += samples
      },
      retried(samples) {
        counted.retried += samples
      },
      dropped(samples) {
        counted.dropped += samples
      },
    },
    ...options,
  })
}

const add = (text: string, samples = 10) => delivery.add({ body: new TextEncoder().encode(text), samples, newestMs: 0 })

const bodies = () => receiver.requests.map(({ body }) => body.toString())

/** Until nothing waits any more. */
const settled = () => vi.waitFor(() => expect(delivery.waitingSamples()).toBe(0), { timeout: 20_000 })

const answer = (status: number, headers: Record<string, string> = {}, text = '') => {
  return (response: ServerResponse) => void response.writeHead(status, headers).end(text)
}

test('requests are sent one after the other, with their headers', async () => {
  begin()
  for (const text of ['one', 'two', 'three']) add(text)
  await settled()
  expect(bodies()).toEqual(['one', 'two', 'three'])
  expect(receiver.requests[0]?.headers.authorization).toBe('Bearer secret')
  expect([counted, said]).toEqual([{ sent: 30, failed: 0, retried: 0, dropped: 0 }, []])
})

test.each<[sentence: string, first: (response: ServerResponse) => void, words: RegExp]>([
  ['500', answer(500, {}, 'out of\ndisk'), /fails, and is tried again: HTTP 500, out of disk\.$/],
  ['503', answer(503), /HTTP 503\.$/],
  ['429', answer(429), /HTTP 429\.$/],
  ['a redirect is not followed', answer(307, { location: 'http://127.0.0.1:9/' }), /HTTP 307, a redirect\.$/],
  [
    'a page of HTML where a receiver should be',
    answer(200, { 'content-type': 'text/html; charset=utf-8' }, '<p>Log in'),
    /HTTP 200 with a page of HTML\.$/,
  ],
  ['a connection that is reset', (response) => void response.destroy(), /fails, and is tried again: ./],
  ['no answer', () => {}, /no answer within 300ms\.$/],
  ['a head whose body never comes', (response) => void response.writeHead(500).flushHeaders(), /within 300ms\.$/],
])('what fails is sent again, and nothing is lost: %s', async (_sentence, first, words) => {
  begin({ timeoutMs: 300 })
  receiver.next.push(first)
  for (const text of ['one', 'two']) add(text)
  await settled()
  expect(bodies()).toEqual(['one', 'one', 'two'])
  expect(counted).toEqual({ sent: 20, failed: 0, retried: 10, dropped: 0 })
  expect(said).toEqual([expect.stringMatching(words), 'Hearth: remote write works again.'])
})

test.each([400, 401, 403, 404, 413, 422])('what is refused with %i is lost, counted, and said once', async (status) => {
  begin()
  receiver.next.push(answer(status, {}, 'out of order sample'), answer(status))
  for (const text of ['one', 'two', 'three']) add(text)
  await settled()
  expect(bodies()).toEqual(['one', 'two', 'three'])
  expect(counted).toEqual({ sent: 10, failed: 20, retried: 0, dropped: 0 })
  expect(said).toEqual([
    `Hearth: remote write: 10 samples were refused, and are lost: HTTP ${status}, out of order sample.`,
  ])
})

test('Retry-After is obeyed, also by a flush', async () => {
  begin()
  receiver.next.push(answer(429, { 'retry-after': '1' }))
  add('one')
  await vi.waitFor(() => expect(counted.retried).toBe(10))
  void delivery.flush(5_000)
  await settled()
  const [first, second] = receiver.requests.map(({ atMs }) => atMs)
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(950)
})

test('a receiver that is away for a while gets all that waited, in order', async () => {
  begin()
  await receiver.halt()
  for (const text of ['one', 'two', 'three']) add(text)
  await vi.waitFor(() => expect(counted.retried).toBeGreaterThan(20))
  await receiver.resume()
  await settled()
  expect(bodies()).toEqual(['one', 'two', 'three'])
  expect(counted).toMatchObject({ sent: 30, failed: 0, dropped: 0 })
})

test('where too much waits the oldest goes, and is counted', async () => {
  begin({ bounds: { samples: 35, bytes: 1000 } })
  receiver.next.push(answer(429, { 'retry-after': '1' }))
  add('under way')
  await vi.waitFor(() => expect(counted.retried).toBe(10))
  for (const text of ['one', 'two', 'three']) add(text)
  expect([delivery.waitingSamples(), counted.dropped]).toEqual([30, 10])
  add('x'.repeat(1000))
  await settled()
  expect(bodies()).toEqual(['under way', 'under way'])
  expect(counted).toEqual({ sent: 10, failed: 0, retried: 10, dropped: 40 })
  expect(said.filter((line) => line.includes('the oldest go'))).toHaveLength(1)
})

test('an answer without an end is read to a bound', async () => {
  begin()
  let written = 0
  receiver.next.push((response) => {
    response.writeHead(400)
    const write = () => {
      written += 64 * 1024
      if (!response.destroyed && written < 2 ** 30) response.write('x'.repeat(64 * 1024), write)
    }
    write()
  })
  add('one')
  add('two')
  await settled()
  expect(counted).toMatchObject({ sent: 10, failed: 10 })
  expect(said[0]?.length).toBeLessThan(400)
  expect(written).toBeLessThan(2 ** 26)
})

test('a flush ends when all is sent, when an attempt fails, and when its time is over', async () => {
  begin()
  add('one')
  await delivery.flush(5_000)
  expect(counted.sent).toBe(10)
  receiver.next.push(answer(500))
  add('two')
  await delivery.flush(5_000)
  expect(counted.retried).toBe(10)
  await settled()
  receiver.next.push(() => {})
  add('three')
  await Promise.race([delivery.flush(50), sleep(5_000).then(() => expect.unreachable())])
  expect(delivery.waitingSamples()).toBe(10)
})

test('what has not arrived is given back at the end', () => {
  begin()
  add('one')
  add('two')
  expect(delivery.stop().map(({ body }) => new TextDecoder().decode(body))).toEqual(['one', 'two'])
})
