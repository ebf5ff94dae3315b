// Prometheus's remote write request (1.0): a protobuf message in a snappy block, staleness markers included.
// https://prometheus.io/docs/specs/prw/remote_write_spec/
import type { Exemplar, Labels } from '../../exposition/snapshot'
import type { Series } from '../../storage/series'

/** The value that says: this series ended here. */
const staleBits = 0x7ff0000000000002n

/** `exemplars` of a series are written with it. */
export function writeRequest(series: Series[], exemplars: readonly SeriesExemplars[] = []): Uint8Array<ArrayBuffer> {
  const bytes: number[] = []
  for (const one of series) {
    const own = exemplars.find(({ labels }) => labels === one.labels)?.exemplars ?? []
    pushMessage(bytes, 1, [...timeSeries(one), ...own.flatMap(exemplarField)])
  }
  return snappyLiterals(bytes)
}

/** `labels` are the same object as those of the series. */
export type SeriesExemplars = { labels: Labels; exemplars: Required<Exemplar>[] }

function exemplarField({ labels, timestampMs, value }: Required<Exemplar>): number[] {
  const message: number[] = []
  pushLabels(message, labels)
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value, true)
  message.push(0x11, ...new Uint8Array(view.buffer), 0x18)
  pushVarint(message, timestampMs)
  const field: number[] = []
  pushMessage(field, 3, message)
  return field
}

function pushLabels(bytes: number[], labels: Labels): void {
  for (const [name, value] of Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const label: number[] = []
    pushMessage(label, 1, [...new TextEncoder().encode(name)])
    pushMessage(label, 2, [...new TextEncoder().encode(value)])
    pushMessage(bytes, 1, label)
  }
}

function timeSeries({ labels, stale, timestampsMs, values }: Series): number[] {
  const bytes: number[] = []
  pushLabels(bytes, labels)
  for (const [i, tMs] of timestampsMs.entries()) {
    const view = new DataView(new ArrayBuffer(8))
    if (stale?.[i] === 1) view.setBigUint64(0, staleBits, true)
    else view.setFloat64(0, values[i] ?? 0, true)
    const sample = [0x09, ...new Uint8Array(view.buffer), 0x10]
    pushVarint(sample, tMs)
    pushMessage(bytes, 2, sample)
  }
  return bytes
}

function pushMessage(bytes: number[], field: number, message: number[]): void {
  bytes.push((field << 3) | 2)
  pushVarint(bytes, message.length)
  for (const byte of message) bytes.push(byte)
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}

/** A valid snappy block that compresses nothing: its length, then literals. */
function snappyLiterals(message: number[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = []
  pushVarint(bytes, message.length)
  for (let from = 0; from < message.length; from += 65_536) {
    const chunk = message.slice(from, from + 65_536)
    bytes.push(61 << 2, (chunk.length - 1) & 0xff, (chunk.length - 1) >> 8)
    for (const byte of chunk) bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}
