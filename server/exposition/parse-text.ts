// Reads the Prometheus text format leniently: as it is described, or as a Prometheus 3 reads it, which differs a little.
import { boundOf, nextReading } from './bounds'
import { HASH, isBlank, QUOTE, shown, trimBlanks } from './characters'
import { unescapeHelp } from './escape'
import { ExpositionError } from './exposition-error'
import { FamilyIndex, TEXT_SUFFIXES } from './family-index'
import { GRAMMARS } from './grammar'
import { own } from './own'
import { parseFloatIn, parseInt64 } from './parse-number'
import type { Parser, ParserOptions } from './parser'
import { BY_SPECIFICATION, requireUnicode } from './parser'
import { parseMetadataName } from './series-parser'
import { findClosingQuote, SeriesReader } from './series-reader'
import type { Family, MetricType, Sample } from './snapshot'

const TYPES: ReadonlyMap<string, MetricType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
  ['untyped', 'unknown'],
])

const METADATA = /^#[ \t]+(HELP|TYPE)[ \t]+/

/** How much is read from one yield to the next: so many lines, or fewer where they are long. */
const LINES_PER_STEP = 16
const CHARACTERS_PER_STEP = 4_096

/**
 * The families come in the order in which the text first mentions them. Lines may come in any order, but the parts of a
 * histogram or summary only below its TYPE; of several TYPE or HELP lines the last one counts.
 */
export class TextParser implements Parser {
  samples = 0
  private readonly index = new FamilyIndex(TEXT_SUFFIXES)
  private readonly series: SeriesReader
  private readonly grammar
  private readonly isServers: boolean
  private readonly reading = nextReading()
  private bound: ReturnType<typeof boundOf>
  private line = 0
  private lineEnd = 0
  private sampleName: string | undefined
  private siblings: Sample[] = []

  constructor(
    private readonly text: string,
    private readonly options: ParserOptions = BY_SPECIFICATION,
  ) {
    this.isServers = options.reader === 'server'
    this.grammar = GRAMMARS[options.reader].text
    this.series = new SeriesReader(text, this.grammar)
  }

  get families(): Family[] {
    return this.index.families
  }

  *parse(): Generator<void, void> {
    let stepStart = 0
    for (let start = 0; start < this.text.length; start = this.lineEnd + 1) {
      this.line++
      this.lineEnd = this.text.indexOf('\n', start)
      if (this.lineEnd === -1) this.lineEnd = this.text.length
      const first = this.skipBlanks(start)
      const code = this.text.charCodeAt(first)
      // Prometheus takes a NUL that stands there for the end of the text.
      if (code === 0 && this.isServers) return
      if (code === HASH) this.readComment(first)
      // What is before a name belongs to it, for Prometheus.
      else if (first < this.lineEnd) this.readSample(this.isServers ? start : first)
      if (this.line % LINES_PER_STEP !== 0 && this.lineEnd - stepStart < CHARACTERS_PER_STEP) continue
      stepStart = this.lineEnd
      yield
    }
  }

  private readSample(start: number): void {
    const series = this.series.read(start, this.lineEnd, this.line)
    const { name } = series
    if (this.series.end > this.lineEnd) this.reach(this.series.end)
    if (!this.options.isUtf8) requireUnicode(series.raw, this.line)
    const labels = series.labelsWith(this.bound, this.reading)
    const valueAt = this.skipBlanks(this.series.end)
    const valueEnd = this.skipWord(valueAt)
    const value = parseFloatIn(this.text, valueAt, valueEnd)
    if (value === undefined) this.fail('expected a value', this.text.slice(valueAt, valueEnd))
    const sample: Sample = { name, labels, value }
    const timestampAt = this.skipBlanks(valueEnd)
    if (timestampAt < this.lineEnd) sample.timestampMs = this.readTimestamp(timestampAt)
    this.samples++
    this.options.check?.(name, labels)
    if (name !== this.sampleName) {
      this.sampleName = name
      this.siblings = this.index.ofSample(name).samples
    }
    this.siblings.push(sample)
  }

  /** What is being read ends there, in a later line. */
  private reach(end: number): void {
    while (this.lineEnd < end && this.lineEnd < this.text.length) {
      const next = this.text.indexOf('\n', this.lineEnd + 1)
      this.lineEnd = next === -1 ? this.text.length : next
      this.line++
    }
  }

  private readTimestamp(start: number): number {
    const end = this.skipWord(start)
    const word = this.text.slice(start, end)
    const isSigned = word.startsWith('-') || word.startsWith('+')
    const timestampMs = isSigned && this.isServers ? undefined : parseInt64(word)
    if (timestampMs === undefined) this.fail('expected a timestamp in whole milliseconds', word)
    const rest = this.text.slice(this.skipBlanks(end), this.lineEnd)
    if (rest !== '') this.fail('expected the end of the line', rest)
    return timestampMs
  }

  /** Metadata, or a comment, which says nothing. One character, a blank as a rule, parts a name from what follows. */
  private readComment(start: number): void {
    const [prefix, keyword] = METADATA.exec(this.text.slice(start, this.lineEnd)) ?? []
    if (prefix === undefined) return
    const nameAt = start + prefix.length
    if (this.text.charCodeAt(nameAt) === QUOTE) this.reach(findClosingQuote(this.text, nameAt, this.lineEnd))
    const comment = own(this.text.slice(nameAt, this.lineEnd))
    const { name, rest } = parseMetadataName(comment, this.grammar, this.line)
    // What Prometheus drops is a byte, and the rest of a character is none.
    if (this.isServers && /^[\0\x80-\uffff]/.test(rest)) this.fail('expected a blank behind the metric name', rest)
    const family = this.index.described(name, this.line)
    this.sampleName = undefined
    if (keyword === 'HELP') {
      if (!this.options.isUtf8) requireUnicode(rest, this.line)
      family.help = unescapeHelp(rest.slice(1))
    } else {
      family.type = this.typeOf(rest.slice(1))
      this.bound = boundOf(family.type)
    }
  }

  /** Prometheus takes no blanks around it. */
  private typeOf(rest: string): MetricType {
    const word = this.isServers ? rest : trimBlanks(rest)
    const type = TYPES.get(word)
    if (type !== undefined) return type
    return this.fail(`expected one of the types ${[...TYPES.keys()].join(', ')}`, word)
  }

  private skipBlanks(start: number): number {
    let index = start
    while (index < this.lineEnd && isBlank(this.text.charCodeAt(index))) index++
    return index
  }

  private skipWord(start: number): number {
    let index = start
    while (index < this.lineEnd && !isBlank(this.text.charCodeAt(index))) index++
    return index
  }

  private fail(expected: string, got: string): never {
    throw new ExpositionError(this.line, `${expected}, got ${got === '' ? 'the end of the line' : shown(got)}`)
  }
}
