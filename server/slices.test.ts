import { describe, expect, it, vi } from 'vitest'
import { atOnce, inSlices } from './slices'

/** Work whose steps take a millisecond each, and how far it was at each turn of others. */
function slowWork(steps: number) {
  let done = 0
  vi.spyOn(performance, 'now').mockImplementation(() => done)
  const turns: number[] = []
  const takeTurn = () => {
    turns.push(done)
    if (done < steps) setImmediate(takeTurn)
  }
  setImmediate(takeTurn)
  function* work(): Generator<void, string> {
    while (done < steps) {
      done++
      yield
    }
    return 'result'
  }
  return { work: work(), turns }
}

describe('inSlices', () => {
  it('lets others have their turn', async () => {
    const { work, turns } = slowWork(1000)
    expect(await inSlices(work)).toBe('result')
    const waits = turns.map((done, i) => done - (turns[i - 1] ?? 0))
    expect(Math.max(...waits)).toBeLessThan(20)
  })

  it('ends when its signal aborts', async () => {
    const { work } = slowWork(1000)
    await expect(inSlices(work, 1, AbortSignal.abort('left'))).rejects.toBe('left')
  })

  it('rejects with what the work throws', async () => {
    const work = (function* () {
      yield
      throw new Error('broken')
    })()
    await expect(inSlices(work)).rejects.toThrow('broken')
  })
})

describe('atOnce', () => {
  it('lets nobody have a turn', () => {
    const { work, turns } = slowWork(1000)
    expect(atOnce(work)).toBe('result')
    expect(turns).toEqual([])
  })
})
