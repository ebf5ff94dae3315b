import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { render } from '../render'
import type { Snapshot } from '../snapshot'
import { encodeExposition } from './encode-exposition'

const never = new AbortController().signal

function snapshotOf(series: number): Snapshot {
  const samples = Array.from({ length: series }, (_, index) => ({
    name: 'visits_total',
    labels: { place: `Örtchen ${index}` },
    value: index,
  }))
  return { takenAtMs: 0, families: [{ name: 'visits_total', type: 'counter', help: 'Visits.', unit: '', samples }] }
}

describe.each(['prometheus', 'openmetrics'] as const)('%s', (format) => {
  test.each([0, 1, 30, 5_000])('%d series are the bytes of their text', async (series) => {
    const snapshot = snapshotOf(series)
    const { chunks, isGzip, textBytes } = await encodeExposition(snapshot, { format, acceptsGzip: false }, never)
    const text = Buffer.concat(chunks)
    expect(text.toString()).toBe(render(snapshot, format))
    expect(isGzip).toBe(false)
    expect(textBytes).toBe(text.length)
  })

  test.each([30, 5_000])('%d series are compressed where that is accepted', async (series) => {
    const snapshot = snapshotOf(series)
    const { chunks, isGzip, textBytes } = await encodeExposition(snapshot, { format, acceptsGzip: true }, never)
    const text = gunzipSync(Buffer.concat(chunks))
    expect(text.toString()).toBe(render(snapshot, format))
    expect(isGzip).toBe(true)
    expect(textBytes).toBe(text.length)
  })

  test.each([0, 1])('%d series are not worth it', async (series) => {
    const snapshot = snapshotOf(series)
    const { chunks, isGzip } = await encodeExposition(snapshot, { format, acceptsGzip: true }, never)
    expect(isGzip).toBe(false)
    expect(Buffer.concat(chunks).toString()).toBe(render(snapshot, format))
  })
})

describe.each([true, false])('a client that leaves (gzip: %j)', (acceptsGzip) => {
  const options = { format: 'prometheus', acceptsGzip } as const

  test('before it begins ends the work', async () => {
    await expect(encodeExposition(snapshotOf(5_000), options, AbortSignal.abort())).rejects.toThrow('abort')
  })

  test('in its midst ends the work', async () => {
    const client = new AbortController()
    let read = 0
    const { families, takenAtMs } = snapshotOf(100_000)
    const watched = families.map((family) => ({
      ...family,
      samples: new Proxy(family.samples, {
        get(samples, key) {
          if (key === '20000') client.abort()
          if (typeof key === 'string' && /^\d/.test(key)) read = Number(key)
          return Reflect.get(samples, key)
        },
      }),
    }))
    await expect(encodeExposition({ families: watched, takenAtMs }, options, client.signal)).rejects.toThrow('abort')
    expect(read).toBeGreaterThanOrEqual(20_000)
    expect(read).toBeLessThan(30_000)
  })
})
