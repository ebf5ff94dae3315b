// A request of Prometheus's Remote Write 1.0, as it grows: a protobuf message in a snappy block.
// https://prometheus.io/docs/specs/prw/remote_write_spec/
//
// The libraries: pbf is one module of plain JavaScript, typed and well kept, that writes into one buffer; others are ten times as
// large, need generated code, or build functions out of text, which an app may forbid. snappyjs is plain JavaScript; what is
// faster brings a binary for each platform, or a WebAssembly module that a bundler has to carry along.
import { PbfWriter } from 'pbf'
import { compress } from 'snappyjs'
import type { Labels } from '../exposition/snapshot'
import type { EncodedRequest } from './delivery'

/** At both, a request is full: to encode it must not hold up the event loop, and receivers have limits, too. */
const FULL_SAMPLES = 5_000
const FULL_BYTES = 384 * 1024

/** The NaN that says that a series has ended, in its two halves. */
const STALE_BITS = { low: 2, high: 0x7ff0_0000 }
/** Of a sample: its value and its time, and what says which is which. */
const SAMPLE_BYTES = 18

/** The fields of WriteRequest, TimeSeries, Label and Sample. */
const FIELD = { timeseries: 1, labels: 1, samples: 2, name: 1, labelValue: 2, value: 1, timestamp: 2 }
/** Eight bytes of a field, in protobuf's words. */
const FIXED_64 = 1

const encodedLabels = new WeakMap<Labels, Uint8Array>()

type Sample = { timestampMs: number; value: number | undefined }

export class WriteRequest {
  readonly #series = new Map<Labels, PbfWriter>()
  #samples = 0
  #bytes = 0
  #newestMs = Number.NEGATIVE_INFINITY

  get samples(): number {
    return this.#samples
  }

  get isFull(): boolean {
    return this.#samples >= FULL_SAMPLES || this.#bytes >= FULL_BYTES
  }

  /** Samples of one series come in the order of their time. Without a value the series ends there. */
  add(labels: Labels, timestampMs: number, value: number | undefined): void {
    let series = this.#series.get(labels)
    if (series === undefined) {
      const bytes = bytesOf(labels)
      series = new PbfWriter(new Uint8Array(bytes.length + 4 * SAMPLE_BYTES))
      series.buf.set(bytes)
      series.pos = bytes.length
      this.#series.set(labels, series)
      this.#bytes += bytes.length
    }
    series.writeMessage(FIELD.samples, writeSample, { timestampMs, value })
    this.#samples++
    this.#bytes += SAMPLE_BYTES
    this.#newestMs = Math.max(this.#newestMs, timestampMs)
  }

  encode(): EncodedRequest {
    const message = new PbfWriter(new Uint8Array(this.#bytes + 8 * this.#series.size))
    for (const series of this.#series.values()) message.writeBytesField(FIELD.timeseries, series.finish())
    const body = new Uint8Array(compress(message.finish()))
    return { body, samples: this.#samples, newestMs: this.#newestMs }
  }
}

function writeSample({ timestampMs, value }: Sample, writer: PbfWriter): void {
  if (value !== undefined) writer.writeDoubleField(FIELD.value, value)
  else {
    writer.writeTag(FIELD.value, FIXED_64)
    writer.writeFixed32(STALE_BITS.low)
    writer.writeFixed32(STALE_BITS.high)
  }
  writer.writeVarintField(FIELD.timestamp, timestampMs)
}

/** Sorted by their names, and without those that are empty, which are no labels. */
function bytesOf(labels: Labels): Uint8Array {
  const known = encodedLabels.get(labels)
  if (known !== undefined) return known
  const writer = new PbfWriter()
  const entries = Object.entries(labels).filter(([, value]) => value !== '')
  entries.sort(([one], [other]) => (one < other ? -1 : 1))
  for (const entry of entries) writer.writeMessage(FIELD.labels, writeLabel, entry)
  const bytes = writer.finish().slice()
  encodedLabels.set(labels, bytes)
  return bytes
}

function writeLabel([name, value]: [name: string, value: string], writer: PbfWriter): void {
  writer.writeStringField(FIELD.name, name)
  writer.writeStringField(FIELD.labelValue, value)
}
