// Grafana's ids of units, and ours.
import type { Unit } from '../_format/unit'

/** Their own names, from https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit. */
const AS: Readonly<Record<string, string>> = {
  percent: '%',
  humidity: '%H',
  celsius: '°C',
  fahrenheit: '°F',
  kelvin: 'K',
  degree: '°',
  reqps: 'req/s',
  rps: 'reads/s',
  wps: 'writes/s',
  cps: 'per s',
  ops: 'ops/s',
  iops: 'io/s',
  pps: 'p/s',
  mps: 'msg/s',
  eps: 'ev/s',
  cpm: 'per min',
  opm: 'ops/min',
  rotrpm: 'rpm',
  dB: 'dB',
  dBm: 'dBm',
  lux: 'lx',
  ppm: 'ppm',
}
/** With a prefix of 1000: what one is, and how many of it one in Grafana is. */
const SI: Readonly<Record<string, string>> = {
  decbytes: 'B',
  decbits: 'b',
  Bps: 'B/s',
  bps: 'b/s',
  hertz: 'Hz',
  rothz: 'Hz',
  volt: 'V',
  amp: 'A',
  watt: 'W',
  watth: 'Wh',
  joule: 'J',
  ohm: 'Ω',
  pressurepa: 'Pa',
}
const IEC: Readonly<Record<string, string>> = { bytes: 'B', bits: 'b', binBps: 'B/s', binbps: 'b/s' }
const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  ms: 1e-3,
  µs: 1e-6,
  us: 1e-6,
  ns: 1e-9,
  m: 60,
  h: 3600,
  d: 86_400,
  dtdurations: 1,
  dtdurationms: 1e-3,
  clocks: 1,
  clockms: 1e-3,
}
/** Those of ours that are told with the same words there. */
const OURS: Partial<Record<Unit, string>> = {
  perSecond: 'cps',
  cores: 'suffix: cores',
  percent: 'percentunit',
  count: 'locale',
  plain: 'short',
  bytes: 'decbytes',
  megabytes: 'decbytes',
  seconds: 's',
  millisecondsPerSecond: 's',
}
const MOST_DECIMALS = 6
const LONGEST_SUFFIX = 20

/** Undefined for an id that isn't known. */
export function fromGrafanaUnit(id: string | undefined, decimals?: number): Unit | undefined {
  const places =
    decimals === undefined ? '' : (`${Math.min(MOST_DECIMALS, Math.max(0, Math.round(decimals)))}` as const)
  const number = places as `${number}` | ''
  if (id === undefined || id === '' || id === 'none' || id === 'short' || id === 'string' || id === 'sishort') {
    return number === '' ? 'plain' : `as${number}:`
  }
  if (id === 'locale') return number === '' ? 'count' : `as${number}:`
  if (id === 'percentunit') return `ratio${number}:`
  const suffix = /^suffix:(.*)$/s.exec(id)?.[1]?.trim()
  if (suffix !== undefined) return `as${number}:${suffix.slice(0, LONGEST_SUFFIX)}`
  const own = (table: Readonly<Record<string, string | number>>) => (Object.hasOwn(table, id) ? table[id] : undefined)
  if (own(AS) !== undefined) return `as${number}:${own(AS)}`
  if (own(SI) !== undefined) return `si${number}:${own(SI)}`
  if (own(IEC) !== undefined) return `iec${number}:${own(IEC)}`
  if (own(SECONDS) !== undefined) return `time${number}:${own(SECONDS)}`
  return undefined
}

/** The id that Grafana has for a unit of a board. */
export function toGrafanaUnit(unit: Unit): string {
  const ours = OURS[unit]
  if (ours !== undefined) return ours
  const [, kind = '', what = ''] = /^([a-z]+)\d*:(.*)$/s.exec(unit) ?? []
  if (kind === 'ratio') return 'percentunit'
  const of = (table: Readonly<Record<string, string | number>>) =>
    Object.entries(table).find(([, value]) => `${value}` === what)?.[0]
  if (kind === 'time') return of(SECONDS) ?? 's'
  if (kind === 'si') return of(SI) ?? `si:${what}`
  if (kind === 'iec') return of(IEC) ?? 'bytes'
  return what === '' ? 'short' : (of(AS) ?? `suffix: ${what}`)
}

/** How many decimals a unit of a file shows; undefined where the number decides. */
export function decimalsOf(unit: Unit): number | undefined {
  const places = /^[a-z]+(\d+):/.exec(unit)?.[1]
  return places === undefined ? undefined : Number(places)
}
