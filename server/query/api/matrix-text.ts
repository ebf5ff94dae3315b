// The answer to a range query as JSON, from columns to bytes. There may be millions of points, so for each of them
// nothing is made: no pair, no text of its time, and none of its value where that is a small whole number.
import type { Column, Steps } from '../../promql/columns'
import type { RangeColumns } from '../../promql/engine'
import { formatSampleValue } from '../../promql/go-float'
import type { TextPieces } from './json-text'

const ZERO = 0x30
const MINUS = 0x2d
const COMMA = 0x2c
/** The longest texts: of a time with its bracket and quotes, and of a value with what closes the point. */
const LONGEST_TIME = 30
const LONGEST_VALUE = 32
const SMALL = 1e9

/** `resultType` and `result`, without the braces around them. A piece is a series. */
export function* matrixText({ columns, steps }: RangeColumns): TextPieces {
  yield '"resultType":"matrix","result":['
  const points = new PointWriter(steps)
  let separator = ''
  for (const column of columns) {
    yield `${separator}{"metric":${JSON.stringify(column.labels)},"values":[`
    yield points.write(column)
    separator = ']},'
  }
  yield columns.length === 0 ? ']' : ']}]'
}

class PointWriter {
  /** `,[1700000000.5,"` of each step, one after the other. */
  private readonly times: Uint8Array
  private readonly timeEnds: Uint32Array
  private readonly bytes: Uint8Array

  constructor({ count, startMs, stepMs }: Steps) {
    const times = Buffer.alloc(count * LONGEST_TIME)
    this.timeEnds = new Uint32Array(count)
    let end = 0
    for (let step = 0; step < count; step++) {
      end += times.write(`,[${(startMs + step * stepMs) / 1000},"`, end, 'latin1')
      this.timeEnds[step] = end
    }
    this.times = times.subarray(0, end)
    this.bytes = new Uint8Array(count * (LONGEST_TIME + LONGEST_VALUE))
  }

  /** `[time,"value"],[time,"value"]` in an array of its own. */
  write({ present, values }: Column): Uint8Array {
    const { bytes, timeEnds, times } = this
    let length = 0
    let begin = 0
    for (let step = 0; step < timeEnds.length; step++) {
      const end = timeEnds[step] ?? 0
      if (present[step] === 1) {
        for (let i = begin; i < end; i++) bytes[length++] = times[i] ?? 0
        length = writeValue(bytes, length, values[step] ?? 0)
      }
      begin = end
    }
    // The first point has no comma before it.
    return bytes.slice(bytes[0] === COMMA ? 1 : 0, length)
  }
}

/** The value and what closes its point: `12.5"]`. Returns where that ends. */
function writeValue(bytes: Uint8Array, begin: number, value: number): number {
  let end = begin
  if (value > -SMALL && value < SMALL && Number.isInteger(value) && !Object.is(value, -0)) {
    end = writeInteger(bytes, begin, value)
  } else {
    const text = formatSampleValue(value)
    for (let i = 0; i < text.length; i++) bytes[end++] = text.charCodeAt(i)
  }
  bytes[end++] = 0x22
  bytes[end++] = 0x5d
  return end
}

function writeInteger(bytes: Uint8Array, begin: number, value: number): number {
  // As integers of 32 bits, which is what makes it fast.
  let rest = Math.abs(value) | 0
  let digits = 1
  for (let limit = 10; limit <= rest; limit *= 10) digits++
  let end = begin
  if (value < 0) bytes[end++] = MINUS
  end += digits
  for (let i = end - 1; digits > 0; i--, digits--) {
    const tens = (rest / 10) | 0
    bytes[i] = ZERO + rest - tens * 10
    rest = tens
  }
  return end
}
