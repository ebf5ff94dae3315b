// The value at an instant as JSON: samples as text, times as seconds.

import type { InstantValue } from '../../promql/engine'
import type { SampleRun } from '../../promql/evaluation'
import { formatPlain, formatSampleValue } from '../../promql/go-float'
import type { Vector } from '../../promql/value'
import type { TextPieces } from './json-text'
import { jsonList, jsonValue } from './json-text'

/** How many points are a piece: a series may have hundreds of thousands. */
const POINTS_AT_ONCE = 512

/** `resultType` and `result`, without the braces around them; an instant value gets the time it was asked for. */
export function* valueText(value: InstantValue, atMs: number): TextPieces {
  yield `"resultType":"${value.type}","result":`
  switch (value.type) {
    case 'matrix':
      yield* runsText(value.runs)
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

function sampleText({ labels, value }: Vector['series'][number], time: string): string {
  return `{"metric":${JSON.stringify(labels)}${time}${formatSampleValue(value)}"]}`
}

function* runsText(runs: readonly SampleRun[]): TextPieces {
  yield '['
  for (const [i, { labels, timesMs, values }] of runs.entries()) {
    yield `${i === 0 ? '' : ','}{"metric":${JSON.stringify(labels)},"values":[`
    for (let start = 0; start < values.length; start += POINTS_AT_ONCE) {
      let text = ''
      for (let at = start; at < Math.min(start + POINTS_AT_ONCE, values.length); at++) {
        text += `${at === 0 ? '' : ','}[${(timesMs[at] ?? 0) / 1000},"${formatSampleValue(values[at] ?? 0)}"]`
      }
      yield text
    }
    yield ']}'
  }
  yield ']'
}
