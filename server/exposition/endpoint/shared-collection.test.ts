import { describe, expect, test, vi } from 'vitest'
import type { Snapshot } from '../snapshot'
import { createSharedCollection } from './shared-collection'

/** Collections that end when the test says so. */
function collections() {
  const begun: { signal: AbortSignal; resolve(snapshot: Snapshot): void; reject(error: Error): void }[] = []
  const collect = (signal: AbortSignal) =>
    new Promise<Snapshot>((resolve, reject) => void begun.push({ signal, resolve, reject }))
  return { begun, ...createSharedCollection(collect) }
}

const taken = (takenAtMs: number): Snapshot => ({ takenAtMs, families: [] })
const always = new AbortController().signal

describe('a collection', () => {
  test('is shared by all who come while it runs', async () => {
    const { begun, join } = collections()
    const joined = [join(always), join(always), join(always)]
    expect(begun).toHaveLength(1)
    begun[0]?.resolve(taken(1))
    const snapshots = await Promise.all(joined)
    expect(new Set(snapshots)).toEqual(new Set([taken(1)]))
    expect(snapshots[0]).toBe(snapshots[2])
  })

  test('is begun anew for who comes after it', async () => {
    const { begun, join } = collections()
    const first = join(always)
    begun[0]?.resolve(taken(1))
    await first
    const second = join(always)
    expect(begun).toHaveLength(2)
    begun[1]?.resolve(taken(2))
    expect(await second).toEqual(taken(2))
  })

  test('that fails fails for all, and the next may do better', async () => {
    const { begun, join } = collections()
    const joined = [join(always), join(always)]
    begun[0]?.reject(new Error('broken'))
    for (const each of joined) await expect(each).rejects.toThrow('broken')
    const next = join(always)
    begun[1]?.resolve(taken(2))
    expect(await next).toEqual(taken(2))
  })
})

describe('who leaves', () => {
  test('does not disturb the others', async () => {
    const { begun, join } = collections()
    const leaving = new AbortController()
    const left = join(leaving.signal)
    const stayed = join(always)
    leaving.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    expect(begun[0]?.signal.aborted).toBe(false)
    begun[0]?.resolve(taken(1))
    expect(await stayed).toEqual(taken(1))
  })

  test('as the last one ends the work', async () => {
    const { begun, join } = collections()
    const leaving = new AbortController()
    const left = [join(leaving.signal), join(leaving.signal)]
    leaving.abort(new Error('gone'))
    for (const each of left) await expect(each).rejects.toThrow('gone')
    expect(begun[0]?.signal.aborted).toBe(true)
  })

  test('before it begins begins nothing', async () => {
    const { begun, join } = collections()
    await expect(join(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
    expect(begun).toHaveLength(0)
  })
})

describe('a collection that nobody waits for any more', () => {
  test('and that does not end lets no other begin, but lets go who gives up', async () => {
    const { begun, join } = collections()
    const first = new AbortController()
    const left = join(first.signal)
    first.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')

    const second = new AbortController()
    const next = join(second.signal)
    await Promise.resolve()
    expect(begun).toHaveLength(1)
    second.abort(new Error('gone too'))
    await expect(next).rejects.toThrow('gone too')
  })

  test.each<[string, (collection: ReturnType<typeof collections>['begun'][number]) => void]>([
    ['ends', ({ resolve }) => resolve(taken(1))],
    ['fails', ({ reject }) => reject(new Error('aborted'))],
  ])('and then %s makes room for one, which all who waited share', async (_, finish) => {
    const { begun, join } = collections()
    const first = new AbortController()
    const left = join(first.signal)
    first.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')

    const next = [join(always), join(always)]
    for (const collection of begun) finish(collection)
    await vi.waitFor(() => expect(begun).toHaveLength(2))
    begun[1]?.resolve(taken(2))
    expect(await Promise.all(next)).toEqual([taken(2), taken(2)])
  })
})
