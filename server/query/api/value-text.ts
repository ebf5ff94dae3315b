// The value of a query as JSON: samples as text, times as seconds.
import { formatPlain, formatSampleValue } from '../../promql/go-float'
import type { Point, Value } from '../../promql/value'
import type { TextPieces } from './json-text'
import { jsonList, jsonValue } from './json-text'

type Series = Extract<Value, { type: 'matrix' }>['series'][number]
type Sample = Extract<Value, { type: 'vector' }>['series'][number]

/** `resultType` and `result`, without the braces around them; an instant value gets the time it was asked for. */
export function* valueText(value: Value, atMs: number): TextPieces {
  yield `"resultType":"${value.type}","result":`
  switch (value.type) {
    case 'matrix': {
      const times = new TimeTexts()
      yield* jsonList(value.series, (series) => seriesText(series, times))
      return
    }
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

function seriesText({ labels, points }: Series, times: TimeTexts): string {
  let text = `{"metric":${JSON.stringify(labels)},"values":[`
  for (const [i, point] of points.entries()) text += pointText(point, times, i === 0 ? '[' : ',[')
  return `${text}]}`
}

function pointText([tMs, value]: Point, times: TimeTexts, open: string): string {
  return `${open}${times.of(tMs)},"${formatSampleValue(value)}"]`
}

/** The steps of a range are the same for all of its series. */
class TimeTexts {
  private readonly known = new Map<number, string>()

  of(tMs: number): string {
    let text = this.known.get(tMs)
    if (text === undefined) {
      text = String(tMs / 1000)
      if (this.known.size < 20_000) this.known.set(tMs, text)
    }
    return text
  }
}
