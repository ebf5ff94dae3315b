// Reads the Prometheus text format as Prometheus itself does: leniently.
import { HASH, isBlank, shown } from './characters'
import { unescapeHelp, unescapeQuoted } from './escape'
import { ExpositionError } from './exposition-error'
import { FamilyIndex } from './family-index'
import { parseFloatIn, parseInt64 } from './parse-number'
import { SeriesReader } from './series-reader'
import type { Family, MetricType, Sample } from './snapshot'

const TYPES: ReadonlyMap<string, MetricType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
  ['untyped', 'unknown'],
])

const METADATA_START = /^#[ \t]+(?:HELP|TYPE)[ \t]/

/** Exactly one blank stands between the name and its HELP, all others belong to the text. */
const METADATA = /^#[ \t]+(HELP|TYPE)[ \t]+([a-zA-Z_:][a-zA-Z0-9_:]*|"(?:[^"\\]|\\.)+")(?:[ \t](.*))?$/s

/**
 * The families of a text, in the order in which it first mentions them. Lines may come in any order, but the parts of a
 * histogram or summary only below its TYPE; of several TYPE or HELP lines the last one counts. Throws ExpositionError.
 */
export function parseText(text: string): Family[] {
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

  parse(): Family[] {
    for (let start = 0; start < this.text.length; start = this.lineEnd + 1) {
      this.line++
      this.lineEnd = this.text.indexOf('\n', start)
      if (this.lineEnd === -1) this.lineEnd = this.text.length
      const first = this.skipBlanks(start)
      if (first === this.lineEnd) continue
      if (this.text.charCodeAt(first) === HASH) this.readComment(first)
      else this.readSample(first)
    }
    return this.index.families
  }

  private readSample(start: number): void {
    const { name, labels } = this.series.read(start, this.lineEnd, this.line)
    const valueAt = this.skipBlanks(this.series.end)
    const valueEnd = this.skipWord(valueAt)
    const value = parseFloatIn(this.text, valueAt, valueEnd)
    if (value === undefined) this.fail('expected a value', valueAt, valueEnd)
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
    const timestampMs = parseInt64(this.text.slice(start, end))
    if (timestampMs === undefined) this.fail('expected a timestamp in whole milliseconds', start, end)
    const rest = this.skipBlanks(end)
    if (rest < this.lineEnd) this.fail('expected the end of the line', rest, this.lineEnd)
    return timestampMs
  }

  /** Metadata, or a comment, which says nothing. */
  private readComment(start: number): void {
    const comment = this.text.slice(start, this.lineEnd)
    if (!METADATA_START.test(comment)) return
    const [, keyword, word = '', rest = ''] = METADATA.exec(comment) ?? []
    const name = word.startsWith('"') ? unescapeQuoted(word.slice(1, -1)) : word
    if (name === '') this.fail('expected a metric name behind HELP or TYPE', start, this.lineEnd)
    const family = this.index.named(name)
    this.sampleName = undefined
    if (keyword === 'HELP') family.help = unescapeHelp(rest)
    else family.type = this.typeOf(rest)
  }

  private typeOf(rest: string): MetricType {
    const words = rest.split(/[ \t]+/).filter((word) => word !== '')
    const type = TYPES.get(words.join(' '))
    if (type !== undefined) return type
    throw new ExpositionError(this.line, `expected ${[...TYPES.keys()].join(', ')} as the type, got ${shown(rest)}`)
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

  private fail(expected: string, start: number, end: number): never {
    const got = start === end ? 'the end of the line' : shown(this.text.slice(start, end))
    throw new ExpositionError(this.line, `${expected}, got ${got}`)
  }
}
