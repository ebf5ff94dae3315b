import { describe, expect, it } from 'vitest'
import type { LiveBoard, LiveSeries } from '../_live/live-board'
import { toAnnotationRows, toAnnotations } from './annotations'
import { toTimeFrame } from './time-frame'

const exprs = { starts: 'starts', builds: 'builds', notes: 'notes' }
const END_MS = 1_000_000
const frame = toTimeFrame(END_MS, 10_000)
/** One instant each second. */
const timesMs = Array.from({ length: 10 }, (_, i) => END_MS - 9_000 + i * 1000)

const row = (labels: Record<string, string>, values: (number | null)[]): LiveSeries => ({
  key: JSON.stringify(labels),
  labels,
  values: [...values, ...new Array<null>(10 - values.length).fill(null)],
})

function annotationsOf(series: Partial<Record<keyof typeof exprs, LiveSeries[]>>) {
  const board: LiveBoard = {
    timesMs,
    stepMs: 1000,
    series: (expr) => series[expr as keyof typeof exprs] ?? [],
    error: () => undefined,
    state: 'live',
    newestMs: END_MS,
    hasHistory: true,
  }
  return toAnnotations(board, exprs, frame)
}

/** In the frame's seconds, which end with 1000. */
const none = (count: number) => new Array<null>(count).fill(null)
const starts = [row({}, [800, 800, 800, null, null, 995, 995, 995, 995, 995])]

describe('toAnnotations', () => {
  it('has each start within the frame once', () => {
    expect(annotationsOf({ starts })).toEqual([{ kind: 'start', timeMs: 995_000, text: 'Process started' }])
  })

  it('tells of a build that replaces another at the start that brought it', () => {
    const builds = [row({ version: 'b' }, [...none(5), 1, 1, 1, 1, 1]), row({ version: 'a' }, [1, 1, 1, 1, 1, 1])]
    const expected = { kind: 'build', text: 'New build b, before it a' }
    expect(annotationsOf({ starts, builds })).toEqual([{ ...expected, timeMs: 995_000 }])
    expect(annotationsOf({ builds })).toEqual([{ ...expected, timeMs: timesMs[5] }])
  })

  it('tells of no build that was there all the time, or alone', () => {
    expect(annotationsOf({ builds: [row({ version: 'a' }, [1, 1]), row({ version: 'b' }, [1, 1])] })).toEqual([])
    expect(annotationsOf({ builds: [row({ version: 'a' }, [...none(5), 1, 1])] })).toEqual([])
  })

  it('has the notes at their own times, with their tags', () => {
    const notes = [
      row({ id: '2', text: 'v2', tags: 'deploy,api' }, [...none(9), 996.5]),
      row({ id: '1', text: 'hot', tags: '' }, [...none(9), 992]),
      row({ id: '3', text: 'long ago' }, [...none(9), 5]),
      row({ id: '4', text: 'never' }, [...none(9), Number.NaN]),
    ]
    expect(annotationsOf({ notes })).toEqual([
      { kind: 'note', timeMs: 992_000, text: 'hot' },
      { kind: 'note', timeMs: 996_500, text: 'v2 (deploy, api)' },
    ])
  })
})

describe('toAnnotationRows', () => {
  const annotations = annotationsOf({ starts })

  it('tells of what stands at the moment', () => {
    expect(toAnnotationRows(annotations, frame, 995_050)).toMatchObject([
      { name: expect.stringMatching(/^\d\d:\d\d:\d\d Process started$/), colour: 'start' },
    ])
  })

  it('tells of two alike once', () => {
    expect(toAnnotationRows([...annotations, ...annotations], frame, 995_000)).toHaveLength(1)
  })

  it('tells nothing elsewhere', () => {
    expect(toAnnotationRows(annotations, frame, 996_000)).toEqual([])
    expect(toAnnotationRows(annotations, frame, undefined)).toEqual([])
  })
})
