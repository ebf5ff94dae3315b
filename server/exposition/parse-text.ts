// Reads the Prometheus text format as Prometheus itself does: leniently.
import { HASH, isBlank, shown } from './characters'
import { unescapeHelp } from './escape'
import { ExpositionError } from './exposition-error'
import { FamilyIndex } from './family-index'
import { own } from './own'
import { parseFloatIn, parseInt64 } from './parse-number'
import { parseMetadataName } from './series-parser'
import { SeriesReader } from './series-reader'
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
 * The families of a text, in the order in which it first mentions them. Lines may come in any order, but the parts of a
 * histogram or summary only below its TYPE; of several TYPE or HELP lines the last one counts. Throws ExpositionError.
 */
export function parseText(text: string): Generator<void, Family[]> {
  return new TextParser(text).parse()
}

class TextParser {
  private readonly index = new FamilyIndex()
  private readonly series: SeriesReader
  private line = 0
  private lineEnd = 0
  private sampleName: string | undefined
  private samples: Sample[] = []

  constructor(private readonly text: string) {
    this.series = new SeriesReader(text, 'lenient')
  }

  *parse(): Generator<void, Family[]> {
    let stepStart = 0
    for (let start = 0; start < this.text.length; start = this.lineEnd + 1) {
      this.line++
      this.lineEnd = this.text.indexOf('\n', start)
      if (this.lineEnd === -1) this.lineEnd = this.text.length
      const first = this.skipBlanks(start)
      if (this.text.charCodeAt(first) === HASH) this.readComment(first)
      else if (first < this.lineEnd) this.readSample(first)
      if (this.line % LINES_PER_STEP !== 0 && this.lineEnd - stepStart < CHARACTERS_PER_STEP) continue
      stepStart = this.lineEnd
      yield
    }
    return this.index.families
  }

  private readSample(start: number): void {
    const { name, labels } = this.series.read(start, this.lineEnd, this.line)
    const valueAt = this.skipBlanks(this.series.end)
    const valueEnd = this.skipWord(valueAt)
    const value = parseFloatIn(this.text, valueAt, valueEnd)
    if (value === undefined) this.fail('expected a value', this.text.slice(valueAt, valueEnd))
    const sample: Sample = { name, labels, value }
    const timestampAt = this.skipBlanks(valueEnd)
    if (timestampAt < this.lineEnd) sample.timestampMs = this.readTimestamp(timestampAt)
    if (name !== this.sampleName) {
      this.sampleName = name
      this.samples = this.index.ofSample(name).samples
    }
    this.samples.push(sample)
  }

  private readTimestamp(start: number): number {
    const end = this.skipWord(start)
    const word = this.text.slice(start, end)
    const timestampMs = parseInt64(word)
    if (timestampMs === undefined) this.fail('expected a timestamp in whole milliseconds', word)
    const rest = this.text.slice(this.skipBlanks(end), this.lineEnd)
    if (rest !== '') this.fail('expected the end of the line', rest)
    return timestampMs
  }

  /** Metadata, or a comment, which says nothing. Only one blank stands between a name and its HELP text. */
  private readComment(start: number): void {
    const comment = own(this.text.slice(start, this.lineEnd))
    const [prefix, keyword] = METADATA.exec(comment) ?? []
    if (prefix === undefined) return
    const { name, rest } = parseMetadataName(comment.slice(prefix.length), 'lenient', this.line)
    if (rest !== '' && !isBlank(rest.charCodeAt(0))) this.fail('expected a blank behind the metric name', rest)
    const family = this.index.named(name)
    this.sampleName = undefined
    if (keyword === 'HELP') family.help = unescapeHelp(rest.slice(1))
    else family.type = this.typeOf(rest)
  }

  private typeOf(rest: string): MetricType {
    const words = rest.split(/[ \t]+/).filter((word) => word !== '')
    const type = TYPES.get(words.join(' '))
    if (type !== undefined) return type
    return this.fail(`expected one of the types ${[...TYPES.keys()].join(', ')}`, words.join(' '))
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
