// What happened while the charts were drawn: starts of the process, new builds, and notes that somebody posted. All of them
// are series, and a start or a note has its time as its value.
import type { BoardAnnotations } from '../_boards/panel'
import { toClock } from '../_format/time'
import type { LiveBoard, LiveSeries } from '../_live/live-board'
import type { ReadoutRow } from './readout'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'

export type Annotation = { kind: 'start' | 'build' | 'note'; timeMs: number; text: string }

/** More of them would hide what they explain: the newest are shown. */
const MOST_ANNOTATIONS = 50

/** Those within the frame, by time. `exprs` are the board's, with their variables filled in. */
export function toAnnotations(
  board: Pick<LiveBoard, 'series' | 'timesMs'>,
  exprs: BoardAnnotations,
  frame: TimeFrame,
): Annotation[] {
  const starts = toStarts(board.series(exprs.starts))
  const builds = toBuilds(board.timesMs, board.series(exprs.builds), starts)
  const restarts = starts.filter((timeMs) => !builds.some((build) => build.timeMs === timeMs))
  const all = [
    ...restarts.map((timeMs): Annotation => ({ kind: 'start', timeMs, text: 'Process started' })),
    ...builds,
    ...board.series(exprs.notes).flatMap(toNote),
  ].filter(({ timeMs }) => timeMs > frame.startMs && timeMs <= frame.endMs)
  // What was posted twice is told once.
  const different = new Map(all.map((one) => [`${one.kind} ${one.timeMs} ${one.text}`, one]))
  return [...different.values()].sort((a, b) => a.timeMs - b.timeMs).slice(-MOST_ANNOTATIONS)
}

/** The different values, as times. */
function toStarts(series: readonly LiveSeries[]): number[] {
  const seconds = new Set(series.flatMap(({ values }) => values.filter((value) => value !== null)))
  return [...seconds].map((value) => value * 1000).sort((a, b) => a - b)
}

/** Each build that came after another one: at the start of the process that brought it, or when it was seen first. */
function toBuilds(timesMs: readonly number[], series: readonly LiveSeries[], starts: readonly number[]): Annotation[] {
  const seen = series
    .map(({ labels, values }) => ({ labels, first: values.findIndex((value) => value !== null) }))
    .filter(({ first }) => first >= 0)
    .sort((a, b) => a.first - b.first)
  return seen.flatMap(({ labels, first }, i): Annotation[] => {
    const before = seen[i - 1]
    const seenMs = timesMs[first]
    if (before === undefined || before.first === first || seenMs === undefined) return []
    const afterMs = timesMs[before.first] ?? 0
    const timeMs = starts.findLast((startMs) => startMs <= seenMs && startMs > afterMs) ?? seenMs
    return [{ kind: 'build', timeMs, text: `New build ${nameOf(labels)}, before it ${nameOf(before.labels)}` }]
  })
}

/** Other programs name their builds by other labels as well. */
function nameOf({ version, revision, ...others }: Readonly<Record<string, string>>): string {
  return version ?? revision ?? Object.values(others).join(' ')
}

function toNote({ labels, values }: LiveSeries): Annotation[] {
  const seconds = values.findLast((value) => value !== null)
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return []
  const { text = '', tags = '' } = labels
  return [
    { kind: 'note', timeMs: seconds * 1000, text: tags === '' ? text : `${text} (${tags.replaceAll(',', ', ')})` },
  ]
}

/** Of the frame's width: so close to an annotation the reader's moment tells its words. */
const REACH = 0.012

/** What the readout says of the moment: the annotations that stand there. */
export function toAnnotationRows(
  annotations: readonly Annotation[],
  frame: TimeFrame,
  atMs: number | undefined,
): ReadoutRow[] {
  if (atMs === undefined) return []
  const x = toFraction(frame, atMs)
  const rows = annotations
    .filter(({ timeMs }) => Math.abs(toFraction(frame, timeMs) - x) <= REACH)
    .map(({ kind, timeMs, text }): ReadoutRow => ({ name: `${toClock(timeMs)} ${text}`, text: '', colour: kind }))
  // A row is known by its name.
  return [...new Map(rows.map((row) => [row.name, row])).values()]
}
