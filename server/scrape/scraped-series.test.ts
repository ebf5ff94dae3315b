import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsKey } from '../exposition/labels-key'
import type { Labels, Sample } from '../exposition/snapshot'
import { ScrapedSeries } from './scraped-series'
import { storedLabels } from './stored-labels'

const target = { job: 'j', instance: 'i' }

function scrape(series: ScrapedSeries, samples: Sample[]): { stored: (Labels | undefined)[]; gone: Labels[] } {
  series.begin()
  const stored = samples.map((sample) => series.labelsOf(sample))
  return { stored, gone: series.end(samples.length > 0) }
}

const sample = (name: string, labels: Labels = {}, timestampMs?: number): Sample => ({
  name,
  labels,
  value: 1,
  timestampMs,
})

describe('ScrapedSeries', () => {
  it('returns the same object for the same series, whatever order series and labels come in', () => {
    const series = new ScrapedSeries(target)
    const [a, b] = scrape(series, [sample('a', { x: '1', y: '2' }), sample('b')]).stored
    expect(scrape(series, [sample('a', { x: '1', y: '2' }), sample('b')]).stored[0]).toBe(a)
    expect(scrape(series, [sample('b'), sample('a', { y: '2', x: '1' })]).stored).toEqual([b, a])
    expect(scrape(series, [sample('b'), sample('a', { y: '2', x: '1' })]).stored[1]).toBe(a)
  })

  it('tells once which series are gone', () => {
    const series = new ScrapedSeries(target)
    scrape(series, [sample('a'), sample('b')])
    expect(scrape(series, [sample('a')]).gone).toEqual([{ __name__: 'b', ...target }])
    expect(scrape(series, [sample('a')]).gone).toEqual([])
    expect(scrape(series, []).gone).toEqual([{ __name__: 'a', ...target }])
    expect(scrape(series, []).gone).toEqual([])
  })

  it('tells again of a series that came back and went again, wherever it stood', () => {
    const series = new ScrapedSeries(target)
    for (const samples of [[sample('a'), sample('b')], [sample('a')], [sample('a'), sample('b')]])
      scrape(series, samples)
    expect(scrape(series, [sample('a')]).gone).toEqual([{ __name__: 'b', ...target }])
    for (const samples of [[], [sample('a')]]) scrape(series, samples)
    expect(scrape(series, []).gone).toEqual([{ __name__: 'a', ...target }])
  })

  it('tells of a series that went while a scrape was dropped', () => {
    const series = new ScrapedSeries(target)
    scrape(series, [sample('a'), sample('b')])
    series.begin()
    series.labelsOf(sample('a'))
    expect(scrape(series, [sample('a')]).gone).toEqual([{ __name__: 'b', ...target }])
  })

  it('keeps what failed scrapes have brought, up to a bound, and tells nothing of it', () => {
    const series = new ScrapedSeries(target)
    scrape(series, [sample('a')])
    const fail = (names: string[]) => {
      series.begin()
      for (const name of names) series.note(sample(name))
      return series.end(false)
    }
    expect(fail(['b'])).toEqual([{ __name__: 'a', ...target }])
    expect(fail(['b', 'c'])).toEqual([])
    expect(series.count).toBe(3)
    fail(Array.from({ length: 1000 }, (_, i) => `d${i}`))
    expect(series.count).toBe(0)
    expect(scrape(series, [sample('a')]).gone).toEqual([])
  })

  it('does not tell of a series that had timestamps of its own', () => {
    const series = new ScrapedSeries(target)
    scrape(series, [sample('a', {}, 5), sample('b')])
    expect(scrape(series, []).gone).toEqual([{ __name__: 'b', ...target }])
  })

  it('does not tell of a series that only wrote its labels in another order', () => {
    const series = new ScrapedSeries(target)
    scrape(series, [sample('a', { x: '1', y: '2' })])
    expect(scrape(series, [sample('a', { y: '2', x: '1' })]).gone).toEqual([])
  })

  it('is right for any sequence of scrapes', () => {
    const aSample = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      labels: fc.dictionary(fc.constantFrom('x', 'y', 'job', 'exported_job'), fc.constantFrom('', '1', '2')),
      value: fc.constant(0),
      timestampMs: fc.option(fc.constant(5), { nil: undefined, freq: 5 }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(aSample, { maxLength: 8 }), { maxLength: 8 }), (scrapes) => {
        const series = new ScrapedSeries(target)
        let before = new Map<string, { labels: Labels; isTracked: boolean }>()
        for (const samples of scrapes) {
          const { stored, gone } = scrape(series, samples)
          const now = new Map<string, { labels: Labels; isTracked: boolean }>()
          stored.forEach((labels, i) => {
            const one = samples[i] ?? sample('none')
            const key = labelsKey(storedLabels(one, target))
            const known = before.get(key)
            const there = now.get(key)
            const isTimed = one.timestampMs !== undefined
            if (labels === undefined)
              expect({ isTracked: there?.isTracked, isTimed }).toEqual({ isTracked: false, isTimed: false })
            else {
              expect(labelsKey(labels)).toBe(key)
              if (known) expect(labels).toBe(known.labels)
              now.set(key, { labels, isTracked: there?.isTracked || !isTimed })
            }
          })
          const expected = [...before].filter(([key, { isTracked }]) => isTracked && !now.has(key))
          expect(gone.map(labelsKey).sort()).toEqual(expected.map(([key]) => key).sort())
          before = now
        }
      }),
      { numRuns: 500 },
    )
  })
})
