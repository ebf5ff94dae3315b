import { describe, expect, it } from 'vitest'
import { seriesBytes } from '../exposition/series-bytes'
import { createSeriesMemory } from './series-memory'

const LINE_BYTES = 100
const EACH_BYTES = seriesBytes(LINE_BYTES)
const LIMIT_SERIES = 800

/** Targets that the storage holds series of, and what it has room for; with how many samples each was refused. */
function memoryWith(free: number, held: Record<string, number> = {}, targetCount = 1) {
  const refused: number[] = []
  const memoryOf = createSeriesMemory({
    limitBytes: LIMIT_SERIES * EACH_BYTES,
    targetCount: () => targetCount,
    roomFor: ({ job = '' }) => ({ heldSeries: held[job] ?? 0, freeBytes: free * EACH_BYTES }),
    refuse: (samples) => refused.push(samples),
  })
  return { refused, targetOf: (job: string) => memoryOf({ job }) }
}

describe('a target', () => {
  /** It may have a little more than fits: an eighth of all. */
  it.each([
    ['is taken whose series fit', { free: 500, held: 0 }, 500, true],
    ['is taken that has some more, which the storage refuses', { free: 500, held: 0 }, 599, true],
    ['is refused that has many more', { free: 500, held: 0 }, 601, false],
    ['is taken whose series are there, and nothing is free', { free: 0, held: 700 }, 700, true],
    ['is taken that has some new series, and nothing is free', { free: 0, held: 700 }, 799, true],
    ['is refused that has many new series, and nothing is free', { free: 0, held: 700 }, 801, false],
    ['is taken that has no samples', { free: 0, held: 0 }, 0, true],
  ])('%s', (_, { free, held }, samples, isTaken) => {
    const { refused, targetOf } = memoryWith(free, { a: held })
    const { requireRoom } = targetOf('a')
    const require = () => requireRoom(samples, samples * LINE_BYTES)
    if (isTaken) expect(require).not.toThrow()
    else expect(require).toThrow(`has room for, some ${free + held + LIMIT_SERIES / 8}`)
    expect(refused).toEqual(isTaken ? [] : [samples - held])
  })

  it('is refused for long lines too', () => {
    const { requireRoom } = memoryWith(500).targetOf('a')
    expect(() => requireRoom(300, 300 * 10 * LINE_BYTES)).toThrow('more series than SERIES_MEMORY')
  })

  it('has as much less room as others are about to take, until that is settled', () => {
    const { targetOf } = memoryWith(500, {}, 100)
    const [a, b] = [targetOf('a'), targetOf('b')]
    a.requireRoom(100, 100 * LINE_BYTES)
    a.requireRoom(300, 300 * LINE_BYTES)
    expect(() => b.requireRoom(250, 250 * LINE_BYTES)).toThrow('some 201')
    b.requireRoom(150, 150 * LINE_BYTES)
    a.settle()
    b.requireRoom(450, 450 * LINE_BYTES)
    expect(() => a.requireRoom(300, 300 * LINE_BYTES)).toThrow('some 51')
  })

  it('that was refused takes nothing from others', () => {
    const { targetOf } = memoryWith(500, {}, 100)
    const a = targetOf('a')
    a.requireRoom(400, 400 * LINE_BYTES)
    expect(() => a.requireRoom(900, 900 * LINE_BYTES)).toThrow()
    expect(() => targetOf('b').requireRoom(500, 500 * LINE_BYTES)).not.toThrow()
  })
})
