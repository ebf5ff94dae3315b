import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK_CAPACITY, encodeChunk } from './chunk/chunk'
import { createColumns } from './chunk/columns'
import { ChunkLog } from './chunk-log'

/** A chunk that is as large as one gets, and tells by its bytes which one it is. */
function chunkOf(seed: number): Uint8Array {
  const columns = createColumns(CHUNK_CAPACITY)
  for (let i = 0; i < CHUNK_CAPACITY; i++) {
    columns.timestampsMs[i] = seed * 1000 + i
    columns.values[i] = Math.sin(seed + i) * 10 ** (i % 200)
  }
  return encodeChunk(columns, CHUNK_CAPACITY).slice()
}

const chunks = Array.from({ length: 20 }, (_, seed) => chunkOf(seed))

function read(log: ChunkLog, address: number, length: number): Buffer {
  const { bytes } = log.memoryOf(address)
  return Buffer.from(bytes.buffer, log.offsetOf(address), length)
}

describe('the log of chunks', () => {
  it('gives back each chunk until it is removed, whatever comes and goes in between', () => {
    const steps = fc.array(fc.record({ removes: fc.nat(3), at: fc.nat() }), { maxLength: 600, size: 'max' })
    fc.assert(
      fc.property(steps, (steps) => {
        const log = new ChunkLog()
        const held: { address: number; bytes: Uint8Array }[] = []
        for (const [seed, { removes, at }] of steps.entries()) {
          const bytes = chunks[seed % chunks.length] ?? chunkOf(seed)
          held.push({ address: log.add(bytes), bytes })
          if (removes > 1) continue
          for (const { address } of held.splice(at % held.length, removes + 1)) log.remove(address)
        }
        const isIntact = held.map(({ address, bytes }) => read(log, address, bytes.length).equals(bytes))
        expect(isIntact).not.toContain(false)
        expect(log.chunkBytes).toBe(held.reduce((sum, { bytes }) => sum + bytes.length, 0))
      }),
      { numRuns: 30 },
    )
  })

  it('uses the memory of dropped chunks again', () => {
    const log = new ChunkLog()
    const bytes = chunkOf(1)
    const addresses: number[] = []
    const memories = new Set<unknown>()
    for (let i = 0; i < 20_000; i++) {
      const address = log.add(bytes)
      addresses.push(address)
      memories.add(log.memoryOf(address).bytes)
      if (addresses.length > 1000) log.remove(addresses.shift() ?? 0)
    }
    const needed = (1000 * bytes.length) / log.memoryOf(addresses[0] ?? 0).bytes.length
    expect(memories.size).toBeLessThanOrEqual(Math.ceil(needed) + 2)
  })
})
