// The value at an instant as JSON: samples as text, times as seconds.
import { formatPlain, formatSampleValue } from '../../promql/go-float'
import type { Value } from '../../promql/value'
import type { TextPieces } from './json-text'
import { jsonList, jsonValue } from './json-text'

type Series = Extract<Value, { type: 'matrix' }>['series'][number]
type Sample = Extract<Value, { type: 'vector' }>['series'][number]

/** `resultType` and `result`, without the braces around them; an instant value gets the time it was asked for. */
export function* valueText(value: Value, atMs: number): TextPieces {
  yield `"resultType":"${value.type}","result":`
  switch (value.type) {
    case 'matrix':
      yield* jsonList(value.series, seriesText)
      return
    case 'vector': {
      const time = `,"value":[${atMs / 1000},"`
      yield* jsonList(value.series, (sample) => sampleText(sample, time))
      return
    }
    case 'scalar':
      yield* jsonValue([atMs / 1000, formatPlain(value.value)])
      return
    case 'string':
      yield* jsonValue([atMs / 1000, value.value])
  }
}

function sampleText({ labels, value }: Sample, time: string): string {
  return `{"metric":${JSON.stringify(labels)}${time}${formatSampleValue(value)}"]}`
}

function seriesText({ labels, points }: Series): string {
  const values = points.map(([tMs, value]) => `[${tMs / 1000},"${formatSampleValue(value)}"]`)
  return `{"metric":${JSON.stringify(labels)},"values":[${values.join(',')}]}`
}
