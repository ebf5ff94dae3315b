// What a real Prometheus answers, and in what our answer differs from it.
import type { Labels } from '../../exposition/snapshot'
import { compareLabels, formatLabels } from '../labels'
import type { Point, Value } from '../value'

/** Its API's JSON. */
export type Answer = {
  status: 'success' | 'error'
  data?: { resultType: Value['type']; result: unknown }
  error?: string
  warnings?: string[]
  infos?: string[]
}

/** Ours: a value with its annotations, or a message. */
export type Outcome = { value: Value; annotations: string[] } | { error: string }

type Line = { labels: Labels; points: Point[] }

const tolerance = 1e-9
/** What is left of numbers near 1 that cancel each other out is noise. */
const noise = 1e-15

/** In words, what is different; undefined where nothing is. `isOrdered` says that the order of series counts. */
export function difference(real: Answer, ours: Outcome, isOrdered: boolean): string | undefined {
  if (real.error !== undefined) {
    const message = withoutChoice(real.error.replace(/^invalid parameter "query": /, ''))
    if ('value' in ours) return `error ${message}, ours answered ${JSON.stringify(ours.value).slice(0, 300)}`
    return withoutChoice(ours.error) === message ? undefined : `error ${message}, ours ${ours.error}`
  }
  if ('error' in ours) return `an answer, ours the error ${ours.error}`
  if (real.data?.resultType !== ours.value.type) return `a ${real.data?.resultType}, ours a ${ours.value.type}`
  const annotations = [...(real.warnings ?? []), ...(real.infos ?? [])].sort().join('\n')
  const ourAnnotations = ours.annotations.sort().join('\n')
  if (annotations !== ourAnnotations) return `annotations ${annotations}, ours ${ourAnnotations}`
  if (ours.value.type === 'string') {
    const [, text] = real.data.result as [number, string]
    return text === ours.value.value ? undefined : `${text}, ours ${ours.value.value}`
  }
  const [lines, ourLines] = [realLines(real.data), linesOf(ours.value)]
  if (isOrdered) return differentLines(lines, ourLines)
  return differentLines(lines.sort(byLabels), ourLines.sort(byLabels))
}

function differentLines(real: Line[], ours: Line[]): string | undefined {
  const [names, ourNames] = [real, ours].map((lines) => lines.map(({ labels }) => formatLabels(labels)).join(' '))
  if (names !== ourNames) return `series ${names}, ours ${ourNames}`
  for (const [i, { labels, points }] of real.entries()) {
    const ourPoints = ours[i]?.points ?? []
    const times = points.map(([tMs]) => tMs).join(' ')
    const ourTimes = ourPoints.map(([tMs]) => tMs).join(' ')
    if (times !== ourTimes) return `${formatLabels(labels)} at ${times}, ours at ${ourTimes}`
    for (const [j, [tMs, value]] of points.entries()) {
      const ourValue = ourPoints[j]?.[1] ?? 0
      if (!isClose(value, ourValue)) return `${formatLabels(labels)} at ${tMs}: ${value}, ours ${ourValue}`
    }
  }
  return undefined
}

function isClose(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= Math.max(noise, tolerance * Math.max(Math.abs(a), Math.abs(b)))
}

/** Which two of several duplicates a message names, Prometheus leaves to chance; and it has no word for `@`. */
function withoutChoice(message: string): string {
  return message
    .replace(/(for the match group )\{.*?(\} on the .* of the operation: \[).*\];/, '$1$2];')
    .replace('"<Item 57400>" <op:@>', '<op:@>')
}

function byLabels(a: Line, b: Line): number {
  return compareLabels(a.labels, b.labels)
}

function linesOf(value: Exclude<Value, { type: 'string' }>): Line[] {
  if (value.type === 'scalar') return [{ labels: {}, points: [[0, value.value]] }]
  if (value.type === 'matrix') return [...value.series]
  return value.series.map(({ labels, value }) => ({ labels, points: [[0, value]] }))
}

function realLines({ result, resultType }: NonNullable<Answer['data']>): Line[] {
  if (resultType === 'scalar') return [{ labels: {}, points: [[0, parseValue((result as [number, string])[1])]] }]
  const series = result as { metric: Labels; value?: [number, string]; values?: [number, string][] }[]
  return series.map(({ metric, value, values = [] }) => ({
    labels: metric,
    points: value
      ? [[0, parseValue(value[1])]]
      : values.map(([seconds, text]): Point => [Math.round(seconds * 1000), parseValue(text)]),
  }))
}

function parseValue(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text)
}
