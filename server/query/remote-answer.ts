// What a Prometheus answers, checked and read in slices (server/slices.ts): there may be a million samples of it.
import { z } from 'zod'
import type { Matrix, Point, Value } from '../promql/value'
import type { ExemplarSeries, StoredExemplar } from '../storage/exemplar-storage'
import type { Metadata } from './querier'

/** Throws ZodError for data of another shape. */
export type ReadAnswer<T> = (data: unknown) => Generator<void, T>

const list = z.custom<unknown[]>(Array.isArray, 'expected a list')
const labels = z.record(z.string(), z.string())
const sample = z.tuple([z.number(), z.string()])
const vector = z.object({ resultType: z.literal('vector'), result: list })
const vectorSeries = z.object({ metric: labels, value: sample })
const matrix = z.object({ resultType: z.literal('matrix'), result: list })
const matrixSeries = z.object({ metric: labels, values: list })
const value = z.discriminatedUnion('resultType', [
  vector,
  matrix,
  z.object({ resultType: z.literal('scalar'), result: sample }),
  z.object({ resultType: z.literal('string'), result: sample }),
])
const exemplarSeries = z.object({
  seriesLabels: labels,
  exemplars: z.array(z.object({ labels, value: z.string(), timestamp: z.number() })),
})
const descriptions = z.array(z.object({ type: z.string(), help: z.string(), unit: z.string() }))

export function* readValue(data: unknown): Generator<void, Value> {
  const answer = value.parse(data)
  switch (answer.resultType) {
    case 'vector':
      return { type: 'vector', series: yield* each(answer.result, toVectorSeries) }
    case 'matrix':
      return yield* readMatrix(answer)
    case 'scalar':
      return { type: 'scalar', value: toNumber(answer.result[1]) }
    case 'string':
      return { type: 'string', value: answer.result[1] }
  }
}

export function* readMatrix(data: unknown): Generator<void, Matrix> {
  const series: Matrix['series'] = []
  for (const one of matrix.parse(data).result) {
    const { metric, values } = matrixSeries.parse(one)
    series.push({ labels: metric, points: yield* each(values, toPoint) })
  }
  return { type: 'matrix', series }
}

export function* readNames(data: unknown): Generator<void, string[]> {
  return yield* each(list.parse(data), (name) => z.string().parse(name))
}

export function* readLabelSets(data: unknown): Generator<void, Record<string, string>[]> {
  return yield* each(list.parse(data), (set) => labels.parse(set))
}

export function* readExemplars(data: unknown): Generator<void, ExemplarSeries[]> {
  // VictoriaMetrics knows none.
  return yield* each(list.parse(data ?? []), (one) => {
    const { seriesLabels, exemplars } = exemplarSeries.parse(one)
    return { labels: seriesLabels, exemplars: exemplars.map(toExemplar) }
  })
}

export function* readMetadata(data: unknown): Generator<void, Metadata> {
  const metrics = Object.entries(z.record(z.string(), z.unknown()).parse(data))
  return Object.fromEntries(yield* each(metrics, ([name, described]) => [name, descriptions.parse(described)] as const))
}

function* each<From, To>(all: Iterable<From>, read: (one: From) => To): Generator<void, To[]> {
  const results: To[] = []
  for (const one of all) {
    results.push(read(one))
    yield
  }
  return results
}

function toVectorSeries(one: unknown) {
  const { metric, value } = vectorSeries.parse(one)
  return { labels: metric, value: toNumber(value[1]) }
}

function toPoint(one: unknown): Point {
  const [seconds, value] = sample.parse(one)
  return [Math.round(seconds * 1000), toNumber(value)]
}

function toExemplar({ labels, value, timestamp }: z.infer<typeof exemplarSeries>['exemplars'][number]): StoredExemplar {
  return { labels, value: toNumber(value), timestampMs: Math.round(timestamp * 1000) }
}

/** Prometheus writes +Inf, -Inf and NaN where JSON has no number. */
function toNumber(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  if (text === '-Inf') return Number.NEGATIVE_INFINITY
  return Number(text)
}
