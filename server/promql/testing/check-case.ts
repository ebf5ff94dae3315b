// Asks one case of a PromQL test, and says what is wrong with the answer.

import { evaluateInstant, evaluateRange } from '../engine'
import type { Annotation } from '../evaluation'
import { formatLabels, labelsKey } from '../labels'
import { typeOf } from '../parse/check'
import { PromqlError } from '../promql-error'
import { readExpression } from '../read-expression'
import type { Matrix, Value } from '../value'
import type { Case, Expectation } from './promql-test'
import { numberOf, parseSeriesLine } from './series-notation'
import { storedSeries } from './stored-series'

/** Prometheus's own tolerance, relative. */
const EPSILON = 1e-6
const MINUTE_MS = 60_000

type Asked = { value: Value; annotations: Annotation[] } | { error: string }

/** In words; empty where the answer is as expected. An instant is asked as the middle of a range, too. */
export async function wrongIn(one: Case): Promise<string[]> {
  const asked = await ask(one, one.at)
  const wrong = [...wrongRemarks(one, asked), ...wrongValue(one, asked)]
  if (wrong.length > 0 || !('atMs' in one.at) || !canBeRange(one)) return wrong
  const { atMs } = one.at
  const range = { startMs: atMs - MINUTE_MS, endMs: atMs + MINUTE_MS, stepMs: MINUTE_MS }
  const middle = await ask(one, range)
  if ('error' in middle) return [`as a range the error ${middle.error}`]
  return wrongVector(one.results, atOf(middle.value, atMs), false).map((what) => `as a range ${what}`)
}

async function ask({ expr, features, series }: Case, at: Case['at']): Promise<Asked> {
  const annotations: Annotation[] = []
  const options = { features, onAnnotation: (annotation: Annotation) => annotations.push(annotation) }
  const source = storedSeries(series)
  try {
    const value =
      'atMs' in at
        ? await evaluateInstant(source, expr, at.atMs, options)
        : await evaluateRange(source, expr, at, options)
    return { value, annotations }
  } catch (error) {
    if (error instanceof PromqlError) return { error: error.message }
    throw error
  }
}

/** Whether the answer at an instant is what it is within a range. */
function canBeRange({ expectations, expr, features }: Case): boolean {
  if (expectations.some(({ kind }) => kind === 'fail' || kind === 'ordered' || kind === 'string')) return false
  if (/\b(start|end|step|range)\(\)/.test(expr)) return false
  return typeOf(readExpression(expr, features).expr) !== 'matrix'
}

function wrongRemarks({ expectations }: Case, asked: Asked): string[] {
  const wrong: string[] = []
  for (const { kind, text } of expectations) {
    if (kind === 'ordered' || kind === 'string') continue
    if (kind === 'fail') {
      if (!('error' in asked)) wrong.push(`an answer where an error is expected: ${JSON.stringify(asked.value)}`)
      else if (!says(asked.error, text)) wrong.push(`the error ${asked.error}, expected ${text}`)
      continue
    }
    const level = kind.endsWith('info') ? 'info' : 'warning'
    const messages = 'error' in asked ? [] : asked.annotations.filter((one) => one.level === level).map(toMessage)
    if (kind.startsWith('no_')) {
      if (messages.length > 0) wrong.push(`the ${level} ${messages.join('; ')}, expected none`)
    } else if (!messages.some((message) => says(message, text))) {
      wrong.push(`of ${level}s ${messages.join('; ') || 'none'}, expected ${text ?? 'one'}`)
    }
  }
  return wrong
}

function toMessage({ message }: Annotation): string {
  return message
}

function says(message: string, text: Expectation['text']): boolean {
  if (text === undefined) return true
  return typeof text === 'string' ? message.includes(text) : text.test(message)
}

function wrongValue({ at, expectations, results }: Case, asked: Asked): string[] {
  const isOf = (kind: Expectation['kind']) => expectations.find((one) => one.kind === kind)
  if ('error' in asked) return isOf('fail') ? [] : [`the error ${asked.error}`]
  if (isOf('fail')) return []
  const { value } = asked
  const expected = isOf('string')
  if (expected) {
    const text = JSON.parse(String(expected.text)) as string
    return value.type === 'string' && value.value === text
      ? []
      : [`${JSON.stringify(value)}, expected the text ${text}`]
  }
  if (value.type === 'string') return [`the text ${value.value}`]
  if ('atMs' in at && value.type === 'matrix') return wrongSamples(results, value)
  if ('atMs' in at) return wrongVector(results, value, isOf('ordered') !== undefined)
  if (value.type !== 'matrix') return [`a ${value.type}`]
  return wrongMatrix(results, value, at.startMs, at.stepMs)
}

/** Of an answer over a range, what it has at one step. */
function atOf(value: Value, atMs: number): Value {
  if (value.type !== 'matrix') return value
  const series = value.series.flatMap(({ labels, points }) =>
    points.filter(([tMs]) => tMs === atMs).map(([, one]) => ({ labels, value: one })),
  )
  return { type: 'vector', series }
}

function wrongVector(results: string[], value: Value, isOrdered: boolean): string[] {
  const [first = ''] = results
  const isNumber = results.length === 1 && !/^[^{]*\{|^[a-zA-Z_:][\w:]* /.test(first)
  const series =
    value.type === 'scalar' ? [{ labels: {}, value: value.value }] : value.type === 'vector' ? value.series : []
  const wanted = isNumber ? [{ labels: {}, values: [numberOf(first)] }] : results.map((line) => parseSeriesLine(line))
  const lines = series.map((one) => ({ labels: one.labels, values: [one.value] }))
  return wrongLines(wanted, lines, isOrdered)
}

/** A range vector at an instant is written with the times of its samples: `metric 1 @ 10, 2 @ 20`, in seconds. */
function wrongSamples(results: string[], { series }: Matrix): string[] {
  const lines = series.map(({ labels, points }) => {
    const samples = points.map(([tMs, value]) => `${value} @ ${tMs / 1000}`).join(', ')
    return `${formatLabels(labels)} ${samples}`
  })
  const [got, wanted] = [lines.sort().join('; '), results.toSorted().join('; ')]
  return got === wanted ? [] : [`${got}, expected ${wanted}`]
}

function wrongMatrix(results: string[], { series }: Matrix, startMs: number, stepMs: number): string[] {
  const wanted = results.map((line) => parseSeriesLine(line))
  const length = Math.max(0, ...wanted.map(({ values }) => values.length))
  const lines = series.map(({ labels, points }) => {
    const at = new Map(points)
    const count = Math.max(length, ...points.map(([tMs]) => Math.round((tMs - startMs) / stepMs) + 1))
    return { labels, values: Array.from({ length: count }, (_, i) => at.get(startMs + i * stepMs)) }
  })
  return wrongLines(wanted, lines, false)
}

type Line = { labels: Record<string, string>; values: (number | 'stale' | undefined)[] }

function wrongLines(wanted: readonly Line[], lines: readonly Line[], isOrdered: boolean): string[] {
  const keyed = (list: readonly Line[]) => list.map((line) => labelsKey({ ...line.labels }))
  const [keys, ours] = [keyed(wanted), keyed(lines)]
  const sameKeys = isOrdered ? keys.join() === ours.join() : keys.toSorted().join() === ours.toSorted().join()
  if (!sameKeys) return [`${show(lines)}, expected ${show(wanted)}`]
  return wanted.flatMap((line, i) => {
    const values = lines[isOrdered ? i : ours.indexOf(keys[i] ?? '')]?.values ?? []
    const length = Math.max(values.length, line.values.length)
    const isSame = Array.from({ length }).every((_, k) => isClose(line.values[k], values[k]))
    return isSame ? [] : [`${show([{ labels: line.labels, values }])}, expected ${show([line])}`]
  })
}

function isClose(a: Line['values'][number], b: Line['values'][number]): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Object.is(a, b) || a === b || Math.abs(a - b) <= EPSILON * Math.max(Math.abs(a), Math.abs(b))
}

function show(lines: readonly Line[]): string {
  if (lines.length === 0) return 'nothing'
  return lines
    .map(({ labels, values }) => `${formatLabels(labels)} ${values.map((one) => one ?? '_').join(' ')}`)
    .join('; ')
}
