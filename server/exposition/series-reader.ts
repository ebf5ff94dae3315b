// Finds the series at the beginning of a line, and parses only those that were never seen before.
import { heapLimitBytes } from '../heap-limit'
import { BACKSLASH, BRACE_CLOSE, BRACE_OPEN, isBlank, LINE_FEED, QUOTE, SPACE } from './characters'
import type { Grammar } from './grammar'
import { own } from './own'
import type { Series } from './series'
import { SeriesCache } from './series-cache'
import { parseSeries } from './series-parser'
import { SeriesTemplate } from './series-template'

/** Characters of raw series text: 80,000 series of 100 characters, which with all that belongs to them take some 40 MB. */
const LARGEST_CACHE = 8_000_000
/** With a small heap it is less: a character takes 7 bytes with all that belongs to it, and there may be twice as many. */
const CACHE_LIMIT = Math.min(LARGEST_CACHE, Math.floor(heapLimitBytes() / 160))

/** One for each grammar: what is a series in one may be an error in another. */
const caches = new Map<Grammar, SeriesCache>()

/** A series is parsed in one turn of the event loop. That of one line has as many characters as who reads it allows. */
const LONGEST_OVER_LINES = 64_000

/** How many ways of writing a series are kept in mind: a histogram has three. */
const TEMPLATES = 4

export class SeriesReader {
  /** Where the series that was read last ends. */
  end = 0
  private previous: Series | undefined
  /** What is likely to come. */
  private expected: Series | undefined
  private readonly templates: SeriesTemplate[] = []
  private braceAt = -1
  private readonly cache: SeriesCache

  constructor(
    private readonly text: string,
    private readonly grammar: Grammar,
  ) {
    this.cache = caches.get(grammar) ?? new SeriesCache(CACHE_LIMIT)
    caches.set(grammar, this.cache)
  }

  /**
   * The series that begins at `start`, in the line that ends at `lineEnd`. It ends behind that where lines break within
   * its quotes. Throws ExpositionError.
   */
  read(start: number, lineEnd: number, line: number): Series {
    const { expected } = this
    const isExpected = expected !== undefined && this.isAt(expected, start)
    const series = isExpected ? expected : this.lookUp(start, lineEnd, line)
    this.cache.keep(series)
    this.end = start + series.raw.length
    this.follow(series)
    return series
  }

  /**
   * Notes which series follows which. A series gives up the one that followed it until another does: so none holds on to
   * one that is older than itself, and what the cache has forgotten is gone.
   */
  private follow(series: Series): void {
    if (series.generation === 0) return
    if (this.previous !== undefined) this.previous.next = series
    this.previous = series
    // A series that is new stands before the one that was expected in its place.
    this.expected = series.next ?? this.expected
    series.next = undefined
  }

  /** Whether this is the series at `start`; where only looking further can tell, it isn't. */
  private isAt({ raw }: Series, start: number): boolean {
    const end = start + raw.length
    if (this.text.slice(start, end) !== raw) return false
    if (raw.charCodeAt(raw.length - 1) === BRACE_CLOSE) return true
    const behind = this.text.charCodeAt(end + 1)
    return this.text.charCodeAt(end) === SPACE && !isBlank(behind) && behind !== BRACE_OPEN
  }

  private lookUp(start: number, lineEnd: number, line: number): Series {
    const guess = this.guessEnd(start, lineEnd)
    const known = this.cache.find(this.text, start, guess) ?? this.parseLikeOthers(start, guess)
    if (known !== undefined) return known
    const end = this.findEnd(start, lineEnd)
    return (end === guess ? undefined : this.cache.find(this.text, start, end)) ?? this.parse(start, end, line)
  }

  private parseLikeOthers(start: number, end: number): Series | undefined {
    let raw: string | undefined
    for (const template of this.templates) {
      if (!template.isLikeThatAt(this.text, start)) continue
      raw ??= own(this.text.slice(start, end))
      const series = template.parse(raw)
      if (series !== undefined) return series
    }
    return undefined
  }

  private parse(start: number, end: number, line: number): Series {
    const series = parseSeries(own(this.text.slice(start, end)), this.grammar, line)
    const template = SeriesTemplate.of(series)
    if (template !== undefined) this.templates.unshift(template)
    if (this.templates.length > TEMPLATES) this.templates.pop()
    return series
  }

  /**
   * The line's first `}`, or else its first blank, found by the fast search of the engine. Where that is wrong, because
   * a label value has a brace or only an exemplar has one, no whole series reads like what was cut off.
   */
  private guessEnd(start: number, lineEnd: number): number {
    if (this.braceAt < start) {
      const braceAt = this.text.indexOf('}', start)
      this.braceAt = braceAt === -1 ? Number.POSITIVE_INFINITY : braceAt
    }
    if (this.braceAt < lineEnd) return this.braceAt + 1
    let end = start
    while (end < lineEnd && !isBlank(this.text.charCodeAt(end))) end++
    return end
  }

  /** The end of the series that begins at `start`: behind its `}`, or behind a name without labels. */
  private findEnd(start: number, lineEnd: number): number {
    const { text } = this
    let nameEnd = this.skipBlanks(start, lineEnd)
    while (nameEnd < lineEnd && !isBlank(text.charCodeAt(nameEnd)) && text.charCodeAt(nameEnd) !== BRACE_OPEN) nameEnd++
    const index = this.skipBlanks(nameEnd, lineEnd)
    if (index === lineEnd || text.charCodeAt(index) !== BRACE_OPEN) return nameEnd
    const isOfOneLine = this.grammar.lineBreaks === 'nowhere'
    return findClosingBrace(text, index, isOfOneLine ? lineEnd : reachOf(text, start, lineEnd))
  }

  private skipBlanks(start: number, lineEnd: number): number {
    let index = start
    while (index < lineEnd && isBlank(this.text.charCodeAt(index))) index++
    return index
  }
}

/**
 * Behind the `}` that closes the `{` at `start`, passing over quoted text. Where none does, the end of the line, or `end`
 * if a quote is open there.
 */
export function findClosingBrace(text: string, start: number, end: number): number {
  let isQuoted = false
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) isQuoted = !isQuoted
    else if (isQuoted) index += code === BACKSLASH ? 1 : 0
    else if (code === BRACE_CLOSE) return index + 1
    else if (code === LINE_FEED) return index
  }
  return end
}

/** Behind the quote that closes the one at `start`, in whichever line, or else the end of what may be looked at. */
export function findClosingQuote(text: string, start: number, lineEnd: number): number {
  const end = reachOf(text, start, lineEnd)
  for (let index = start + 1; index < end; index++) {
    const code = text.charCodeAt(index)
    if (code === BACKSLASH) index++
    else if (code === QUOTE) return index + 1
  }
  return end
}

function reachOf(text: string, start: number, lineEnd: number): number {
  return Math.min(text.length, Math.max(lineEnd, start + LONGEST_OVER_LINES))
}
