import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Labels } from '../exposition/snapshot'
import { createDelivery } from './delivery'
import type { RemoteWrite } from './remote-write'
import { createRemoteWrite, REMOTE_WRITE_HEADERS } from './remote-write'
import type { Engine } from './testing/engines'
import { ENGINES, startEngine } from './testing/engines'
import type { Receiver } from './testing/receiver'
import { startReceiver } from './testing/receiver'

let refused = 0
const counts = {
  sent() {},
  retried() {},
  dropped() {},
  appended() {},
  failed(samples: number) {
    refused += samples
  },
}

function writeTo(url: string) {
  const delivery = createDelivery({ name: 'remote write', destination: { url, headers: REMOTE_WRITE_HEADERS }, counts })
  const write = createRemoteWrite(delivery, counts)
  const flush = async () => {
    write.close()
    await delivery.flush(20_000)
  }
  return { delivery, write, flush }
}

const UP: Labels = { __name__: 'up', job: 'shop', instance: 'one' }
const DOWN: Labels = { ...UP, instance: 'two' }

describe('what is sent', () => {
  let receiver: Receiver
  let write: RemoteWrite
  let flush: () => Promise<void>
  const begin = async () => {
    receiver = await startReceiver()
    const begun = writeTo(receiver.url)
    write = begun.write
    flush = begun.flush
  }
  afterEach(() => receiver.stop())

  test('samples of one series stand together, in the order of their time, and labels by their names', async () => {
    await begin()
    write.append(UP, 1000, 1)
    write.append({ z: 'last', __name__: 'x', a: 'first', none: '' }, 1000, Number.NaN)
    write.append(UP, 2000, 0.1)
    write.markStale(UP, 3000)
    expect(write.openSamples()).toBe(4)
    await flush()
    expect(write.openSamples()).toBe(0)
    const { headers } = receiver.requests[0] ?? {}
    expect(headers).toMatchObject(REMOTE_WRITE_HEADERS)
    expect(receiver.samples).toEqual([
      { labels: UP, timestampMs: 1000, value: 1, isStale: false },
      { labels: UP, timestampMs: 2000, value: 0.1, isStale: false },
      { labels: UP, timestampMs: 3000, value: Number.NaN, isStale: true },
      { labels: { __name__: 'x', a: 'first', z: 'last' }, timestampMs: 1000, value: Number.NaN, isStale: false },
    ])
    expect(Object.keys(receiver.samples[0]?.labels ?? {})).toEqual(['__name__', 'instance', 'job'])
  })

  test('a request is sent when it is full', async () => {
    await begin()
    for (let i = 0; i < 12_000; i++) write.append(UP, i, i)
    await vi.waitFor(() => expect(receiver.samples).toHaveLength(10_000), { timeout: 10_000 })
    expect(write.openSamples()).toBe(2_000)
    await flush()
    expect(receiver.samples.map(({ value }) => value)).toEqual(Array.from({ length: 12_000 }, (_, i) => i))
  })

  test('at the end all series end that have not ended, right after their last samples', async () => {
    await begin()
    write.append(UP, 1000, 1)
    write.append(DOWN, 1000, 0)
    write.markStale(DOWN, 1500)
    write.append(UP, 2000, 1)
    write.endAll()
    await flush()
    const ends = receiver.samples.filter(({ isStale }) => isStale)
    expect(ends.map(({ labels, timestampMs }) => [labels.instance, timestampMs])).toEqual([
      ['one', 2001],
      ['two', 1500],
    ])
  })
})

describe.each(ENGINES)('a real $name', (kind) => {
  const isMissing = kind.find() === undefined && !process.env.CI
  let engine: Engine
  beforeAll(async () => {
    if (!isMissing) engine = await startEngine(kind)
  })
  afterAll(() => engine?.stop())

  test('has the same values, and knows where a series ends', async ({ skip }) => {
    if (isMissing) skip(kind.advice)
    refused = 0
    const { delivery, write, flush } = writeTo(engine.writeUrl)
    const atMs = Date.now() - 60_000
    const odd = { __name__: 'odd', text: 'é "quoted"\\ \n 🎈', empty: '' }
    const values = [1, 0.1, -12.5, 123_456_789, Number.POSITIVE_INFINITY, 0]
    for (const [i, value] of values.entries()) {
      write.append(UP, atMs + i * 1000, value)
      write.append(odd, atMs + i * 1000, -value)
    }
    write.markStale(UP, atMs + 10_000)
    await flush()
    for (const [i, value] of values.entries()) {
      expect([...(await engine.ask('up', atMs + i * 1000))]).toEqual([[expect.any(String), value]])
      const [[labels = '{}', got] = []] = await engine.ask('odd', atMs + i * 1000)
      expect([JSON.parse(labels), (got ?? Number.NaN) + 0]).toEqual([{ __name__: 'odd', text: odd.text }, -value + 0])
    }
    expect((await engine.ask('up', atMs + 11_000)).size).toBe(0)
    expect((await engine.ask('odd', atMs + 11_000)).size).toBe(1)
    expect(refused).toBe(0)
    delivery.stop()
  })

  test('gets what waited while it was killed at random', async ({ skip }) => {
    if (isMissing) skip(kind.advice)
    const { delivery, write, flush } = writeTo(engine.writeUrl)
    const labels = { __name__: 'ticks_total', job: 'killed' }
    const startMs = Date.now() - 120_000
    for (let i = 0; i < 60; i++) {
      write.append(labels, startMs + i * 1000, i)
      write.close()
      if (i % 20 === 10) await engine.kill()
      if (i % 20 === 15) await engine.resume()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await flush()
    await vi.waitFor(() => expect(delivery.waitingSamples()).toBe(0), { timeout: 30_000 })
    const [[, count] = []] = await engine.ask('count_over_time(ticks_total[3m])', startMs + 61_000)
    expect(count).toBe(60)
    delivery.stop()
  })
})
