// Reads OpenMetrics 1.0 strictly, where what the specification calls invalid is refused, or as a Prometheus 3 reads it,
// line by line. Quoted names are Prometheus 3's.
import { boundOf, nextReading } from './bounds'
import { HASH, QUOTE, SPACE, shown } from './characters'
import { ExpositionError } from './exposition-error'
import { GRAMMARS } from './grammar'
import type { Families } from './openmetrics-families'
import { LenientFamilies, StrictFamilies } from './openmetrics-families'
import type { Keyword } from './openmetrics-family'
import { own } from './own'
import { isDecimal, parseFloatIn } from './parse-number'
import type { Parser, ParserOptions } from './parser'
import { BY_SPECIFICATION, requireUnicode, toUnicode } from './parser'
import type { Series } from './series'
import { parseExemplarLabels, parseMetadataName } from './series-parser'
import { findClosingBrace, findClosingQuote, SeriesReader } from './series-reader'
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

/** By the specification, timestamps keep their fractions of milliseconds. */
export class OpenMetricsParser implements Parser {
  samples = 0
  private readonly store: Families
  private readonly series: SeriesReader
  private readonly grammar
  private readonly isServers: boolean
  private readonly reading = nextReading()
  private bound: ReturnType<typeof boundOf>
  private line = 0
  private lineEnd = 0
  /** Where the next word of the line begins. */
  private position = 0
  /** The timestamp that was read last, as it stands in the text. */
  private time = ''

  constructor(
    private readonly text: string,
    private readonly options: ParserOptions = BY_SPECIFICATION,
  ) {
    this.isServers = options.reader === 'server'
    this.store = this.isServers ? new LenientFamilies() : new StrictFamilies()
    this.grammar = GRAMMARS[options.reader].openMetrics
    this.series = new SeriesReader(text, this.grammar)
  }

  get families(): Family[] {
    return this.store.families
  }

  *parse(): Generator<void, void> {
    let stepStart = 0
    for (;;) {
      this.line++
      const next = this.text.indexOf('\n', this.position)
      this.lineEnd = next === -1 ? this.text.length : next
      if (this.isAtEnd()) break
      if (next === -1) this.fail(`expected # EOF as the last line, got ${shown(this.rest())}`)
      if (this.text.charCodeAt(this.position) === HASH) this.readMetadata()
      else this.readSample()
      this.position = this.lineEnd + 1
      if (this.line % LINES_PER_STEP !== 0 && this.position - stepStart < CHARACTERS_PER_STEP) continue
      stepStart = this.position
      yield
    }
    const behind = this.text.slice(this.position + '# EOF'.length)
    if (behind !== '' && behind !== '\n' && !this.isEndOfServer(behind)) this.fail('nothing must follow # EOF')
    this.store.finish()
  }

  private isAtEnd(): boolean {
    if (!this.text.startsWith('# EOF', this.position)) return false
    const behind = this.text.slice(this.position + '# EOF'.length, this.lineEnd)
    return behind === '' || this.isEndOfServer(behind)
  }

  /** Prometheus takes a NUL for the end of the text there. */
  private isEndOfServer(behind: string): boolean {
    return this.isServers && /^\n?\0\n?$/.test(behind)
  }

  private readMetadata(): void {
    const keyword = KEYWORDS.get(this.text.slice(this.position, this.position + '# TYPE '.length))
    if (keyword === undefined) this.fail(`expected # TYPE, # HELP, # UNIT or # EOF, got ${shown(this.rest())}`)
    this.position += '# TYPE '.length
    const isOfLines = this.isServers && this.text.charCodeAt(this.position) === QUOTE
    if (isOfLines) this.reach(findClosingQuote(this.text, this.position, this.lineEnd))
    const { name, rest } = parseMetadataName(own(this.rest()), this.grammar, this.line)
    if (!rest.startsWith(' ')) this.fail(`expected a space behind the metric name, got ${shown(rest)}`)
    if (!this.options.isUtf8 && keyword === 'HELP') requireUnicode(rest, this.line)
    const type = this.store.describe(name, keyword, rest.slice(1), this.line)
    if (type !== undefined) this.bound = boundOf(type)
  }

  /** What is being read ends there, which may be in a later line. */
  private reach(end: number): void {
    while (this.lineEnd < end && this.lineEnd < this.text.length) {
      const next = this.text.indexOf('\n', this.lineEnd + 1)
      this.lineEnd = next === -1 ? this.text.length : next
      this.line++
    }
  }

  private readSample(): void {
    const series = this.series.read(this.position, this.lineEnd, this.line)
    this.position = this.series.end
    if (this.position > this.lineEnd) this.reach(this.position)
    if (!this.options.isUtf8) requireUnicode(series.raw, this.line)
    const labels = series.labelsWith(this.bound, this.reading)
    const sample: Sample = { name: series.name, labels, value: this.readValue() }
    let time = ''
    if (this.isServers && this.isAtNothing()) this.takeUp(series, sample, time)
    if (this.position < this.lineEnd && !this.isAtExemplar()) {
      sample.timestampMs = this.readTimestamp()
      time = this.time
    }
    if (this.position < this.lineEnd) sample.exemplar = this.readExemplar()
    this.takeUp(series, sample, time)
  }

  private takeUp(series: Series, sample: Sample, time: string): void {
    this.samples++
    this.options.check?.(sample.name, sample.labels)
    this.store.add(series, sample, time, this.line)
  }

  /** Whether what follows is neither a timestamp nor an exemplar: Prometheus has taken the sample before it finds that. */
  private isAtNothing(): boolean {
    if (this.position === this.lineEnd) return false
    const next = this.text.charCodeAt(this.position + 1)
    if (next === HASH && this.text.charCodeAt(this.position + 2) === SPACE)
      return !this.text.startsWith(' # {', this.position)
    return next === SPACE || this.position + 1 === this.lineEnd
  }

  private isAtExemplar(): boolean {
    return this.text.charCodeAt(this.position + 1) === HASH
  }

  private readExemplar(): Exemplar {
    if (!this.text.startsWith(' # {', this.position))
      this.fail(`expected an exemplar, # {...}, got ${shown(this.rest())}`)
    const start = this.position + ' # '.length
    this.position = findClosingBrace(this.text, start, this.lineEnd)
    const labels = this.exemplarLabels(own(this.text.slice(start, this.position)))
    if (!this.isServers && codePointsOf(labels) > EXEMPLAR_LIMIT)
      this.fail(`the labels of an exemplar must not have more than ${EXEMPLAR_LIMIT} characters in all`)
    const exemplar: Exemplar = { labels, value: this.readValue() }
    if (this.position < this.lineEnd) exemplar.timestampMs = this.readTimestamp()
    if (this.position < this.lineEnd) this.fail(`expected the end of the line, got ${shown(this.rest())}`)
    return exemplar
  }

  private exemplarLabels(raw: string): Labels {
    const labels = parseExemplarLabels(raw, this.grammar, this.line)
    if (this.options.isUtf8) return labels
    for (const name in labels) requireUnicode(labels[name] ?? '', this.line)
    return parseExemplarLabels(toUnicode(raw), this.grammar, this.line)
  }

  private readValue(): number {
    const start = this.nextWord()
    const value = parseFloatIn(this.text, start, this.position)
    return value ?? this.fail(`expected a value, got ${shown(this.text.slice(start, this.position))}`)
  }

  private readTimestamp(): number {
    const start = this.nextWord()
    this.time = this.text.slice(start, this.position)
    if (this.isServers) return this.serversTimestamp(parseFloatIn(this.text, start, this.position))
    const timestampMs = isDecimal(this.time) ? parseSeconds(this.time) : Number.NaN
    if (!Number.isFinite(timestampMs)) this.fail(`expected a timestamp in seconds, got ${shown(this.time)}`)
    return timestampMs
  }

  /** Prometheus counts whole milliseconds, in 64 bits. */
  private serversTimestamp(seconds: number | undefined): number {
    if (seconds === undefined || !Number.isFinite(seconds))
      this.fail(`expected a timestamp in seconds, got ${shown(this.time)}`)
    return Math.max(-(2 ** 63), Math.min(Math.trunc(seconds * 1000), 2 ** 63))
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
