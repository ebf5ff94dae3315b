// One family of an OpenMetrics text while its lines come in: in one piece, metric by metric, time by time.
import { BACKSLASH, QUOTE, shown } from './characters'
import { unescapeQuoted } from './escape'
import { ExpositionError } from './exposition-error'
import { labelOf } from './labels'
import { MetricPoint } from './metric-point'
import { isSameMetric, MetricSet, metricKey } from './metric-set'
import type { Part } from './openmetrics-parts'
import { PARTS } from './openmetrics-parts'
import type { Series } from './series'
import type { Family, MetricType, Sample } from './snapshot'
import { isSameTime } from './timestamp'

export type Keyword = 'TYPE' | 'HELP' | 'UNIT'

const TYPES = new Map((Object.keys(PARTS) as MetricType[]).map((type): [string, MetricType] => [type, type]))

/** Throws ExpositionError for `line`. */
export function requireType(text: string, line: number): MetricType {
  const type = TYPES.get(text)
  if (type !== undefined) return type
  throw new ExpositionError(line, `expected one of the types ${[...TYPES.keys()].join(', ')}, got ${shown(text)}`)
}

type NamedParts = ReadonlyMap<string, { suffix: string; part: Part }>

export class OpenMetricsFamily {
  type: MetricType = 'unknown'
  private help = ''
  private unit = ''
  private readonly keywords = new Set<Keyword>()
  private readonly samples: Sample[] = []
  private parts: NamedParts
  private point = new MetricPoint('unknown')
  /** The last sample's series, and the label that is none of its metric's. */
  private last: Series | undefined
  private lastWithout = ''
  private readonly metrics = new MetricSet()
  /** The timestamp of the last sample as the text has it, '' where it has none. */
  private time = ''
  private timestampMs: number | undefined

  /** The line that is being read, which an ExpositionError names. */
  line: number

  constructor(
    readonly name: string,
    readonly firstLine: number,
  ) {
    this.line = firstLine
    this.parts = partsOf(name, 'unknown')
  }

  /** The names that no other family may have, nor any sample of another family. */
  get claimedNames(): Set<string> {
    return new Set([this.name, ...this.parts.keys()])
  }

  owns(sampleName: string): boolean {
    return this.parts.has(sampleName)
  }

  describe(keyword: Keyword, text: string): void {
    if (this.last !== undefined) this.fail(`${keyword} must stand above the samples of ${shown(this.name)}`)
    if (this.keywords.has(keyword)) this.fail(`${shown(this.name)} must not have two ${keyword} lines`)
    this.keywords.add(keyword)
    if (keyword === 'TYPE') this.setType(text)
    else if (keyword === 'UNIT') this.setUnit(text)
    else this.setHelp(text)
  }

  /** Takes a sample up, unless its time can't be told from the one before. `time` is its timestamp's text, or ''. */
  add(series: Series, sample: Sample, time: string): void {
    const { suffix, part } = this.parts.get(series.name) ?? this.fail(`${shown(series.name)} is of another family`)
    this.check(series.name, part.fault(sample.value))
    if (sample.exemplar !== undefined && !part.hasExemplars) this.check(series.name, 'must not have an exemplar')
    if (part.without !== undefined && Object.hasOwn(series.labels, part.without))
      this.check(series.name, `must not have the label ${part.without}`)
    const label = part.label === 'state' ? this.name : (part.label ?? '')
    const distinction = label === '' ? '' : labelOf(series.labels, label)
    if (distinction === undefined) this.fail(`${shown(series.name)} must have the label ${shown(label)}`)
    if (this.type === 'info') this.addInfo(series, sample, time)
    else if (this.enter(series, label, time, sample.timestampMs)) {
      this.check(series.name, this.point.add(suffix, distinction, sample))
      this.samples.push(sample)
    }
  }

  /** The family as the rest of the program has it: a counter is called like its samples. */
  finish(): Family {
    if (this.last !== undefined) this.finishPoint()
    const { type, help, unit, samples } = this
    if (unit !== '' && (type === 'info' || type === 'stateset')) this.check(this.name, 'must not have a unit')
    return { name: type === 'counter' ? `${this.name}_total` : this.name, type, help, unit, samples }
  }

  private setType(text: string): void {
    this.type = requireType(text, this.line)
    this.parts = partsOf(this.name, this.type)
    this.point = new MetricPoint(this.type)
  }

  private setUnit(text: string): void {
    if (!/^[a-zA-Z0-9_:]*$/.test(text)) this.fail(`expected a unit of letters, digits, _ and :, got ${shown(text)}`)
    if (text !== '' && !this.name.endsWith(`_${text}`))
      this.fail(`${shown(this.name)} must end with its unit, _${text}`)
    this.unit = text
  }

  private setHelp(text: string): void {
    for (let index = 0; index < text.length; index++) {
      if (text.charCodeAt(index) === QUOTE) this.fail('a quote in HELP must be escaped')
      if (text.charCodeAt(index) === BACKSLASH && ++index === text.length)
        this.fail('a backslash in HELP must be escaped')
    }
    this.help = unescapeQuoted(text)
  }

  /** Which labels of an info are the metric's and which its value's can't be seen, so that any order is right. */
  private addInfo(series: Series, sample: Sample, time: string): void {
    this.last = series
    this.check(series.name, this.point.add('', `${time} ${metricKey(series.labels, '')}`, sample))
    this.samples.push(sample)
  }

  /** Goes on to the metric and the time of a sample. Answers false if they are there already, as far as floats go. */
  private enter(series: Series, without: string, time: string, timestampMs: number | undefined): boolean {
    const { last, lastWithout } = this
    this.last = series
    this.lastWithout = without
    if (last === undefined || !isSameMetric(last, lastWithout, series, without)) {
      if (!this.metrics.add(series, without))
        this.fail('the lines of a metric must not be interrupted by another metric')
    } else {
      if (time === this.time) return true
      if (timestampMs === undefined || this.timestampMs === undefined)
        return this.fail('either all lines of a metric must have a timestamp, or none')
      if (timestampMs < this.timestampMs) this.fail('the timestamps of a metric must increase')
      if (timestampMs === this.timestampMs) return isSameTime(time, this.time)
    }
    if (last !== undefined) this.finishPoint()
    this.point.clear()
    this.time = time
    this.timestampMs = timestampMs
    return true
  }

  private finishPoint(): void {
    if (this.type !== 'info') this.check(this.name, this.point.faultOfWhole())
  }

  private check(name: string, fault: string | undefined): void {
    if (fault !== undefined) this.fail(`${shown(name)} ${fault}`)
  }

  private fail(message: string): never {
    throw new ExpositionError(this.line, message)
  }
}

function partsOf(name: string, type: MetricType): NamedParts {
  return new Map(Object.entries(PARTS[type]).map(([suffix, part]) => [name + suffix, { suffix, part }]))
}
