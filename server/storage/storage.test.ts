import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsKey } from '../exposition/labels-key'
import type { Labels } from '../exposition/snapshot'
import { atOnce } from '../slices'
import { satisfiesAny } from './matcher'
import type { Matcher, Series } from './series'
import type { StorageOptions } from './storage'
import { createStorage } from './storage'

const all: Matcher[] = [{ name: '__name__', op: '!=', value: '' }]
const named = (value: string): Matcher[] => [{ name: '__name__', op: '=', value }]
const hour = { retentionMs: 3_600_000, seriesLimit: 100 }

/** Series as plain text, so that NaN, infinities and -0 are told apart in a comparison. */
function show({ labels, timestampsMs, values, stale }: Series): string {
  const points = Array.from(timestampsMs, (timestampMs, i) =>
    stale?.[i] === 1 ? `${timestampMs}=stale` : `${timestampMs}=${Object.is(values[i], -0) ? '-0' : values[i]}`,
  )
  return `${labelsKey(labels)} ${points.join(' ')}`
}

describe('append and select', () => {
  it('gives back what came in', () => {
    const storage = createStorage(hour)
    expect(storage.append({ __name__: 'up', job: 'a' }, 1000, 1)).toBe(true)
    expect(storage.append({ __name__: 'up', job: 'a' }, 2000, 0)).toBe(true)
    expect(storage.select(named('up'), 0, 5000)).toEqual([
      {
        labels: { __name__: 'up', job: 'a' },
        timestampsMs: Float64Array.of(1000, 2000),
        values: Float64Array.of(1, 0),
        stale: undefined,
      },
    ])
  })

  it('includes both ends of the time, and leaves out series without a sample in it', () => {
    const storage = createStorage(hour)
    for (const timestampMs of [1000, 2000, 3000, 4000]) storage.append({ __name__: 'a' }, timestampMs, 0)
    storage.append({ __name__: 'b' }, 1000, 0)
    expect(storage.select(all, 2000, 3000).map(show)).toEqual(['["__name__","a"] 2000=0 3000=0'])
    expect(storage.select(all, 2001, 2999)).toEqual([])
  })

  it('finds each of many samples at its own instant', () => {
    const storage = createStorage(hour)
    for (let timestampMs = 0; timestampMs < 300; timestampMs++) storage.append({ __name__: 'a' }, timestampMs, 0)
    for (let timestampMs = 0; timestampMs < 300; timestampMs++) {
      expect(storage.select(all, timestampMs, timestampMs).map(show)).toEqual([`["__name__","a"] ${timestampMs}=0`])
    }
  })

  it('keeps values that are no ordinary numbers, and tells a staleness marker from NaN', () => {
    const storage = createStorage(hour)
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324]
    values.forEach((value, i) => {
      storage.append({ __name__: 'a' }, i, value)
    })
    storage.markStale({ __name__: 'a' }, 5)
    const [series] = storage.select(all, 0, 5)
    expect([...(series?.values ?? [])].slice(0, 5)).toEqual(values)
    expect([...(series?.stale ?? [])]).toEqual([0, 0, 0, 0, 0, 1])
    expect(storage.select(all, 0, 4)[0]?.stale).toBeUndefined()
  })

  it('hands out copies', () => {
    const storage = createStorage(hour)
    storage.append({ __name__: 'a' }, 1, 7)
    storage.select(all, 0, 1)[0]?.values.fill(0)
    expect(storage.select(all, 0, 1).map(show)).toEqual(['["__name__","a"] 1=7'])
  })

  it('returns series in the order in which they began, whatever matcher finds them', () => {
    const storage = createStorage(hour)
    for (const name of ['c', 'a', 'b']) storage.append({ __name__: name, job: 'x' }, 1, 0)
    const names = (matcher: Matcher) => storage.select([matcher], 0, 1).map(({ labels }) => labels.__name__)
    expect(names({ name: 'job', op: '=', value: 'x' })).toEqual(['c', 'a', 'b'])
    expect(names({ name: '__name__', op: '=~', value: 'a|b|c' })).toEqual(['c', 'a', 'b'])
    expect(names({ name: '__name__', op: '=~', value: '[abc]' })).toEqual(['c', 'a', 'b'])
    expect(names({ name: 'absent', op: '=', value: '' })).toEqual(['c', 'a', 'b'])
  })

  it('refuses a malformed regular expression even where no series could match', () => {
    const storage = createStorage(hour)
    const malformed: Matcher = { name: 'a', op: '=~', value: '(' }
    expect(() => storage.select([...named('absent'), malformed], 0, 1)).toThrow('missing closing )')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5])('refuses the timestamp %d as a mistake', (timestampMs) => {
    expect(() => createStorage(hour).append({ __name__: 'a' }, timestampMs, 0)).toThrow('whole milliseconds')
  })
})

describe('labels', () => {
  it('are the same in any order, and with or without empty ones', () => {
    const storage = createStorage(hour)
    storage.append({ y: '2', x: '1', z: '', __name__: 'a' }, 1, 1)
    storage.append({ __name__: 'a', x: '1', y: '2' }, 2, 2)
    expect(storage.select(all, 0, 2).map(show)).toEqual(['["__name__","a","x","1","y","2"] 1=1 2=2'])
    expect(storage.select([...all, { name: 'z', op: '=', value: '' }], 0, 2)).toHaveLength(1)
    expect(atOnce(storage.labelNames(all, 0, 2)).sort()).toEqual(['__name__', 'x', 'y'])
  })

  it('that could be mistaken for each other stay apart', () => {
    const storage = createStorage(hour)
    storage.append({ __name__: 'a', x: '1,y:2', z: '3' }, 1, 1)
    storage.append({ __name__: 'a', x: '1', y: '2,z:3' }, 1, 2)
    expect(storage.status().seriesCount).toBe(2)
  })

  it('are found again by the same object and by an equal one', () => {
    const storage = createStorage(hour)
    const labels = { __name__: 'a' }
    storage.append(labels, 1, 1)
    storage.append(labels, 2, 2)
    storage.append({ ...labels }, 3, 3)
    expect(storage.select(all, 0, 3).map(show)).toEqual(['["__name__","a"] 1=1 2=2 3=3'])
  })

  it('are copied: what a caller does to its object later changes no series', () => {
    const storage = createStorage(hour)
    const labels: Record<string, string> = { __name__: 'a' }
    storage.append(labels, 1, 1)
    labels.__name__ = 'b'
    expect(atOnce(storage.seriesLabels(all, 0, 1))).toEqual([{ __name__: 'a' }])
  })

  it('and the first sample of each metric is known, as far as the retention goes back', () => {
    const storage = createStorage({ ...hour, retentionMs: 2000 })
    storage.append({ __name__: 'a', job: 'x' }, 2000, 1)
    storage.append({ __name__: 'a', job: 'y' }, 1000, 1)
    storage.append({ __name__: 'b', job: 'y' }, 3000, 1)
    const first = (matchers: Matcher[]) => Object.fromEntries(atOnce(storage.firstSamples(matchers)))
    expect(first(all)).toEqual({ a: 1000, b: 3000 })
    expect(first([{ name: 'job', op: '=', value: 'x' }])).toEqual({ a: 2000 })
    for (let ms = 2100; ms <= 4500; ms += 100) storage.append({ __name__: 'a', job: 'x' }, ms, 1)
    expect(first(all)).toEqual({ a: 2500, b: 3000 })
  })

  it('and their names and values can be listed, for the series of a time', () => {
    const storage = createStorage(hour)
    storage.append({ __name__: 'a', job: 'y' }, 1000, 1)
    storage.append({ __name__: 'b', job: 'x', le: '1' }, 2000, 1)
    expect(atOnce(storage.seriesLabels(all, 0, 3000))).toEqual([
      { __name__: 'a', job: 'y' },
      { __name__: 'b', job: 'x', le: '1' },
    ])
    expect(atOnce(storage.labelNames(all, 0, 3000))).toEqual(['__name__', 'job', 'le'])
    expect(atOnce(storage.labelNames(all, 0, 1000))).toEqual(['__name__', 'job'])
    expect(atOnce(storage.labelValues('job', all, 0, 3000)).sort()).toEqual(['x', 'y'])
    expect(atOnce(storage.labelValues('le', all, 0, 3000))).toEqual(['1'])
    expect(atOnce(storage.labelValues('job', named('b'), 0, 3000))).toEqual(['x'])
    expect(atOnce(storage.labelValues('job', all, 0, 1000))).toEqual(['y'])
  })
})

describe('what is found in small steps', () => {
  const job = (value: string): Matcher => ({ name: 'job', op: '!~', value })

  it('may lack what began meanwhile, and has nothing that ended', () => {
    const storage = createStorage({ retentionMs: 10_000, seriesLimit: 5000 })
    for (let i = 0; i < 3000; i++) storage.append({ __name__: 'a', job: `${i}` }, i < 1000 ? 1000 : 9000, 1)
    const finding = storage.seriesLabels([job('.*7')], 0, 20_000)
    for (let i = 0; i < 4; i++) finding.next()
    storage.append({ __name__: 'b', job: 'new' }, 15_000, 1)
    expect(atOnce(finding)).toHaveLength(1800)
    expect(atOnce(storage.seriesLabels([job('.*7')], 0, 20_000))).toHaveLength(1801)
  })

  it('yields between values that are hard to try', () => {
    const storage = createStorage(hour)
    for (let i = 0; i < 100; i++) storage.append({ __name__: 'a', job: `${i}`.repeat(20) }, 1000, 1)
    expect([...storage.seriesLabels([job('(.*1){100}')], 0, 2000)].length).toBeGreaterThan(80)
  })
})

describe('what is refused', () => {
  const a = { __name__: 'a' }

  it('is counted by its reason', () => {
    const storage = createStorage({ retentionMs: 1000, seriesLimit: 1 })
    expect(storage.append(a, 5000, 1)).toBe(true)
    expect(storage.append(a, 5000, 2)).toBe(false)
    expect(storage.append(a, 4999, 3)).toBe(false)
    expect(storage.append(a, 3999, 4)).toBe(false)
    expect(storage.append({ __name__: 'b' }, 5000, 5)).toBe(false)
    expect(storage.markStale(a, 5000)).toBe(false)
    storage.refuseAhead()
    expect(storage.status()).toMatchObject({
      seriesCount: 1,
      sampleCount: 1,
      oldestMs: 5000,
      newestMs: 5000,
      droppedSeries: 1,
      droppedSamples: { seriesLimit: 1, tooOld: 1, tooFarAhead: 1, outOfOrder: 1, duplicate: 2 },
    })
    expect(storage.select(all, 0, 9000).map(show)).toEqual(['["__name__","a"] 5000=1'])
  })

  it('counts a series once for a caller that reuses its labels, and each of its samples', () => {
    const storage = createStorage({ retentionMs: 10_000, seriesLimit: 1 })
    const b = { __name__: 'b' }
    for (const timestampMs of [1, 2, 3]) {
      storage.append(a, timestampMs, 0)
      storage.append(b, timestampMs, 0)
    }
    expect(storage.status()).toMatchObject({ droppedSeries: 1, droppedSamples: { seriesLimit: 3 } })
  })

  it('does not include a staleness marker of a series that nobody knows: it means nothing', () => {
    const storage = createStorage(hour)
    expect(storage.markStale(a, 1)).toBe(false)
    expect(storage.status()).toMatchObject({ seriesCount: 0, droppedSamples: { seriesLimit: 0, tooOld: 0 } })
  })

  it('gets the place of a series whose samples all aged out', () => {
    const storage = createStorage({ retentionMs: 1000, seriesLimit: 1 })
    storage.append(a, 1000, 1)
    expect(storage.append({ __name__: 'b' }, 2000, 1)).toBe(false)
    expect(storage.append({ __name__: 'b' }, 2001, 1)).toBe(true)
    expect(atOnce(storage.seriesLabels(all, 0, 9000))).toEqual([{ __name__: 'b' }])
    expect(storage.append(a, 2001, 1)).toBe(false)
  })

  it('is of the series that share a limit only', () => {
    const storage = createStorage({ retentionMs: 1000, seriesLimit: 2, limitPer: ['job', 'instance'] })
    const append = (job: string, instance: string, names: string[]) =>
      names.map((name) => storage.append({ __name__: name, job, instance }, 5000, 1))
    expect(append('j', 'i', ['a', 'b', 'c'])).toEqual([true, true, false])
    expect(append('j', 'other', ['a', 'b', 'c'])).toEqual([true, true, false])
    expect(append('other', 'i', ['a'])).toEqual([true])
    expect(append('', '', ['a'])).toEqual([true])
    expect(storage.status()).toMatchObject({ seriesCount: 6, droppedSeries: 2 })
  })

  it('a series that aged out may come back under the same object', () => {
    const storage = createStorage({ retentionMs: 1000, seriesLimit: 2 })
    storage.append(a, 1000, 1)
    storage.append({ __name__: 'b' }, 9000, 1)
    storage.append(a, 9000, 2)
    expect(storage.select(named('a'), 0, 9000).map(show)).toEqual(['["__name__","a"] 9000=2'])
    expect(storage.status()).toMatchObject({ seriesCount: 2, sampleCount: 2 })
  })
})

describe('retention', () => {
  it('is exact for readers, and bounds the memory to one chunk and one sweep more', () => {
    const storage = createStorage({ retentionMs: 60_000, seriesLimit: 10 })
    for (let timestampMs = 1000; timestampMs <= 600_000; timestampMs += 100) {
      storage.append({ __name__: 'a' }, timestampMs, 0)
      storage.append({ __name__: 'b' }, timestampMs, 0)
    }
    const [series] = storage.select(named('a'), 0, 600_000)
    expect(series?.timestampsMs[0]).toBe(540_000)
    expect(series?.timestampsMs).toHaveLength(601)
    expect(storage.status().sampleCount).toBeLessThan(2 * (601 + 120 + 10))
    expect(storage.status().oldestMs).toBe(540_000)
  })

  it('frees series that get no more samples, though nobody asks for their place', () => {
    const storage = createStorage({ retentionMs: 60_000, seriesLimit: 10 })
    storage.append({ __name__: 'a' }, 0, 0)
    for (let timestampMs = 0; timestampMs <= 62_000; timestampMs += 1000)
      storage.append({ __name__: 'b' }, timestampMs, 0)
    expect(storage.status().seriesCount).toBe(1)
  })

  it('hides the labels of a series that aged out before it is freed', () => {
    const storage = createStorage({ retentionMs: 60_000, seriesLimit: 10 })
    storage.append({ __name__: 'a' }, 0, 0)
    for (const timestampMs of [59_900, 60_100]) storage.append({ __name__: 'b' }, timestampMs, 0)
    expect(storage.status().seriesCount).toBe(2)
    expect(atOnce(storage.labelValues('__name__', all, 0, 62_000))).toEqual(['b'])
  })
})

describe('a storage', () => {
  /** What is written, after the clock went on by `stepMs`; where it is set back instead, nothing is. */
  type Step = { labels: Labels; stepMs: number; lagMs: number; value: number; isStale: boolean; backMs: number }

  const aName = fc.constantFrom('a', 'b')
  const aValue = fc.constantFrom('', 'x', 'y', 'xy')
  const anyLabels = fc.record({ __name__: aName, l: aValue, m: aValue })
  // One series gets most of the samples, so that it fills several chunks.
  const labels = fc.oneof({ weight: 3, arbitrary: fc.constant({ __name__: 'a', l: 'x', m: 'y' }) }, anyLabels)
  const steps = fc.array(
    fc.record<Step>({
      labels,
      stepMs: fc.constantFrom(0, 1, 1, 1, 1, 100, 2000),
      lagMs: fc.constantFrom(0, 0, 0, 0, 1, 500, 3000),
      value: fc.double(),
      isStale: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
      backMs: fc.oneof({ weight: 200, arbitrary: fc.constant(0) }, fc.constantFrom(1, 70, 1500)),
    }),
    { maxLength: 800, size: 'max' },
  )
  const aMatcher = fc.record<Matcher>({
    name: fc.constantFrom('__name__', 'l', 'm', 'absent'),
    op: fc.constantFrom('=', '!=', '=~', '!~'),
    value: fc.constantFrom('', 'a', 'x', 'x|y', 'x.*', '.+', '.*', '(a|x)', '[^x]*'),
  })

  it('holds what a plain list of samples would, under every matcher, limit and retention', () => {
    const instance = fc.record({
      steps,
      matchers: fc.array(aMatcher, { maxLength: 3 }),
      fromMs: fc.integer({ min: 0, max: 3000 }),
      lengthMs: fc.integer({ min: 0, max: 3000 }),
      retentionMs: fc.constantFrom(50, 1000, 1_000_000),
      seriesLimit: fc.constantFrom(1, 3, 100),
      limitPer: fc.subarray(['l', 'm', '__name__']),
    })
    fc.assert(
      fc.property(instance, ({ steps, matchers, fromMs, lengthMs, ...options }) => {
        const storage = createStorage(options)
        const model = createModel(options)
        let nowMs = 10_000
        for (const { labels, stepMs, lagMs, value, isStale, backMs } of steps) {
          if (backMs > 0) {
            nowMs -= backMs
            storage.setBack(nowMs)
            model.setBack(nowMs)
            continue
          }
          nowMs += stepMs
          const taken = isStale
            ? storage.markStale(labels, nowMs - lagMs)
            : storage.append(labels, nowMs - lagMs, value)
          expect(taken).toBe(model.write(labels, nowMs - lagMs, value, isStale))
        }
        const start = nowMs - fromMs
        const selected = storage.select(matchers, start, start + lengthMs).map(show)
        expect(selected.sort()).toEqual(model.select(matchers, start, start + lengthMs).sort())
      }),
      { numRuns: 200 },
    )
  })

  /** The same rules on lists, with no chunks, no index and no cache. */
  function createModel({
    retentionMs,
    seriesLimit,
    limitPer,
  }: Pick<Required<StorageOptions>, 'retentionMs' | 'seriesLimit' | 'limitPer'>) {
    type Remembered = { timestampMs: number; text: string }
    const held = new Map<string, { labels: Labels; samples: Remembered[] }>()
    let newestMs = Number.NEGATIVE_INFINITY
    const isAlike = (name: string, one: Labels, other: Labels) => (one[name] ?? '') === (other[name] ?? '')
    const isKept = ({ timestampMs }: Remembered) => timestampMs >= newestMs - retentionMs
    return {
      write(labels: Labels, timestampMs: number, value: number, isStale: boolean): boolean {
        const key = labelsKey(labels)
        const oldestMs = Math.max(newestMs, timestampMs) - retentionMs
        if (isStale && !held.get(key)?.samples.some((sample) => sample.timestampMs >= oldestMs)) return false
        newestMs = Math.max(newestMs, timestampMs)
        for (const [name, series] of held) if (!series.samples.some(isKept)) held.delete(name)
        const samples = held.get(key)?.samples ?? []
        const isNewer = samples.every((sample) => sample.timestampMs < timestampMs)
        if (timestampMs < newestMs - retentionMs || !isNewer) return false
        const sharing = [...held.values()].filter((other) =>
          limitPer.every((name) => isAlike(name, other.labels, labels)),
        )
        if (!held.has(key) && sharing.length >= seriesLimit) return false
        const text = isStale ? 'stale' : Object.is(value, -0) ? '-0' : String(value)
        samples.push({ timestampMs, text })
        held.set(key, { labels, samples })
        return true
      },
      setBack(nowMs: number): void {
        newestMs = Math.min(newestMs, nowMs)
        for (const [key, { labels, samples }] of held) {
          held.set(key, { labels, samples: samples.filter(({ timestampMs }) => timestampMs <= nowMs) })
        }
        for (const [key, { samples }] of held) if (samples.length === 0) held.delete(key)
      },
      select(matchers: Matcher[], fromMs: number, toMs: number): string[] {
        return [...held.values()]
          .filter(({ labels }) => atOnce(satisfiesAny(labels, [matchers])))
          .map(({ labels, samples }) => {
            const inside = samples.filter((s) => isKept(s) && s.timestampMs >= fromMs && s.timestampMs <= toMs)
            return { key: labelsKey(labels), texts: inside.map(({ timestampMs, text }) => `${timestampMs}=${text}`) }
          })
          .filter(({ texts }) => texts.length > 0)
          .map(({ key, texts }) => `${key} ${texts.join(' ')}`)
      },
    }
  }
})
