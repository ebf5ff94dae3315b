// Reads OpenMetrics 1.0 strictly: what the specification calls invalid is refused. Quoted names are Prometheus 3's.
import { HASH, SPACE, shown } from './characters'
import { ExpositionError } from './exposition-error'
import type { Keyword } from './openmetrics-family'
import { OpenMetricsFamily } from './openmetrics-family'
import { own } from './own'
import { isDecimal, parseFloatIn } from './parse-number'
import { parseLabelSet, parseMetadataName } from './series-parser'
import { findClosingBrace, SeriesReader } from './series-reader'
import type { Exemplar, Family, Labels, Sample } from './snapshot'
import { parseSeconds } from './timestamp'

/** Code points that the names and values of an exemplar's labels may have in all. */
const EXEMPLAR_LIMIT = 128

/** How much is read from one yield to the next: so many lines, or fewer where they are long. */
const LINES_PER_STEP = 16
const CHARACTERS_PER_STEP = 4_096

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map([
  ['# TYPE ', 'TYPE'],
  ['# HELP ', 'HELP'],
  ['# UNIT ', 'UNIT'],
])

/** The families of a text, in its order. Timestamps keep their fractions of milliseconds. Throws ExpositionError. */
export function parseOpenMetrics(text: string): Generator<void, Family[]> {
  return new OpenMetricsParser(text).parse()
}

class OpenMetricsParser {
  private readonly families: Family[] = []
  private readonly claimedNames = new Set<string>()
  private readonly series: SeriesReader
  private family: OpenMetricsFamily | undefined
  private line = 0
  private lineEnd = 0
  /** Where the next word of the line begins. */
  private position = 0
  /** The timestamp that was read last, as it stands in the text. */
  private time = ''

  constructor(private readonly text: string) {
    this.series = new SeriesReader(text, 'strict')
  }

  *parse(): Generator<void, Family[]> {
    let stepStart = 0
    for (;;) {
      this.line++
      const next = this.text.indexOf('\n', this.position)
      this.lineEnd = next === -1 ? this.text.length : next
      if (this.rest() === '# EOF') break
      if (next === -1) this.fail(`expected # EOF as the last line, got ${shown(this.rest())}`)
      if (this.text.charCodeAt(this.position) === HASH) this.readMetadata()
      else this.readSample()
      this.position = next + 1
      if (this.line % LINES_PER_STEP !== 0 && this.position - stepStart < CHARACTERS_PER_STEP) continue
      stepStart = this.position
      yield
    }
    if (this.lineEnd + 1 < this.text.length) this.fail('nothing must follow # EOF')
    this.finishFamily()
    return this.families
  }

  private readMetadata(): void {
    const keyword = KEYWORDS.get(this.text.slice(this.position, this.position + '# TYPE '.length))
    if (keyword === undefined) this.fail(`expected # TYPE, # HELP, # UNIT or # EOF, got ${shown(this.rest())}`)
    this.position += '# TYPE '.length
    const { name, rest } = parseMetadataName(own(this.rest()), 'strict', this.line)
    if (!rest.startsWith(' ')) this.fail(`expected a space behind the metric name, got ${shown(rest)}`)
    const family = this.family?.name === name ? this.family : this.begin(name)
    family.line = this.line
    family.describe(keyword, rest.slice(1))
  }

  private readSample(): void {
    const series = this.series.read(this.position, this.lineEnd, this.line)
    this.position = this.series.end
    const sample: Sample = { name: series.name, labels: series.labels, value: this.readValue() }
    let time = ''
    if (this.position < this.lineEnd && !this.isAtExemplar()) {
      sample.timestampMs = this.readTimestamp()
      time = this.time
    }
    if (this.position < this.lineEnd) sample.exemplar = this.readExemplar()
    const family = this.family?.owns(series.name) ? this.family : this.begin(series.name)
    family.line = this.line
    family.add(series, sample, time)
  }

  private isAtExemplar(): boolean {
    return this.text.charCodeAt(this.position + 1) === HASH
  }

  private readExemplar(): Exemplar {
    if (!this.text.startsWith(' # {', this.position))
      this.fail(`expected an exemplar, # {...}, got ${shown(this.rest())}`)
    const start = this.position + ' # '.length
    this.position = findClosingBrace(this.text, start, this.lineEnd)
    const labels = parseLabelSet(own(this.text.slice(start, this.position)), 'strict', this.line)
    if (codePointsOf(labels) > EXEMPLAR_LIMIT)
      this.fail(`the labels of an exemplar must not have more than ${EXEMPLAR_LIMIT} characters in all`)
    const exemplar: Exemplar = { labels, value: this.readValue() }
    if (this.position < this.lineEnd) exemplar.timestampMs = this.readTimestamp()
    if (this.position < this.lineEnd) this.fail(`expected the end of the line, got ${shown(this.rest())}`)
    return exemplar
  }

  private readValue(): number {
    const start = this.nextWord()
    const value = parseFloatIn(this.text, start, this.position)
    return value ?? this.fail(`expected a value, got ${shown(this.text.slice(start, this.position))}`)
  }

  private readTimestamp(): number {
    const start = this.nextWord()
    this.time = this.text.slice(start, this.position)
    const timestampMs = isDecimal(this.time) ? parseSeconds(this.time) : Number.NaN
    if (!Number.isFinite(timestampMs)) this.fail(`expected a timestamp in seconds, got ${shown(this.time)}`)
    return timestampMs
  }

  /** Passes one space and the word behind it. Answers where the word starts; it ends at `position`. */
  private nextWord(): number {
    if (this.position < this.lineEnd && this.text.charCodeAt(this.position) !== SPACE)
      this.fail(`expected a space, got ${shown(this.rest())}`)
    const start = Math.min(this.position + 1, this.lineEnd)
    this.position = start
    while (this.position < this.lineEnd && this.text.charCodeAt(this.position) !== SPACE) this.position++
    return start
  }

  private begin(name: string): OpenMetricsFamily {
    this.finishFamily()
    if (this.claimedNames.has(name)) this.fail(`${shown(name)} must not come twice, nor be of two families`)
    this.family = new OpenMetricsFamily(name, this.line)
    return this.family
  }

  private finishFamily(): void {
    const { family } = this
    if (family === undefined) return
    this.families.push(family.finish())
    for (const name of family.claimedNames) {
      if (this.claimedNames.has(name))
        throw new ExpositionError(family.firstLine, `${shown(name)} must not come twice, nor be of two families`)
      this.claimedNames.add(name)
    }
  }

  private rest(): string {
    return this.text.slice(this.position, this.lineEnd)
  }

  private fail(message: string): never {
    throw new ExpositionError(this.line, message)
  }
}

function codePointsOf(labels: Labels): number {
  let count = 0
  for (const text of Object.entries(labels).flat()) {
    count += text.length
    for (let index = 0; index < text.length; index++) if (isLowSurrogate(text.charCodeAt(index))) count--
  }
  return count
}

/** The second half of a character that takes two code units. */
function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
