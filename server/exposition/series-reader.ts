// Finds the series at the beginning of a line, and parses only those that were never seen before.
import { getHeapStatistics } from 'node:v8'
import { BACKSLASH, BRACE_CLOSE, BRACE_OPEN, isBlank, QUOTE, SPACE } from './characters'
import { own } from './own'
import type { Series } from './series'
import { SeriesCache } from './series-cache'
import type { Strictness } from './series-parser'
import { parseSeries } from './series-parser'
import { SeriesTemplate } from './series-template'

/** Characters of raw series text: 80,000 series of 100 characters, which with all that belongs to them take some 40 MB. */
const LARGEST_CACHE = 8_000_000
/** With a small heap it is less: a character takes 7 bytes with all that belongs to it, and there may be twice as many. */
const CACHE_LIMIT = Math.min(LARGEST_CACHE, Math.floor(getHeapStatistics().heap_size_limit / 160))

/** One for each strictness: what is a series in one may be an error in the other. */
const caches: Record<Strictness, SeriesCache> = {
  strict: new SeriesCache(CACHE_LIMIT),
  lenient: new SeriesCache(CACHE_LIMIT),
}

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
    private readonly strictness: Strictness,
  ) {
    this.cache = caches[strictness]
  }

  /** The series that begins at `start`, in the line that ends at `lineEnd`. Throws ExpositionError. */
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
    const end = findSeriesEnd(this.text, start, lineEnd)
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
    const series = parseSeries(own(this.text.slice(start, end)), this.strictness, line)
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
}

/** The end of the series that begins at `start`: behind its `}`, or behind a name without labels. */
function findSeriesEnd(text: string, start: number, lineEnd: number): number {
  let nameEnd = start
  while (nameEnd < lineEnd && !isBlank(text.charCodeAt(nameEnd)) && text.charCodeAt(nameEnd) !== BRACE_OPEN) nameEnd++
  let index = nameEnd
  while (index < lineEnd && isBlank(text.charCodeAt(index))) index++
  if (index === lineEnd || text.charCodeAt(index) !== BRACE_OPEN) return nameEnd
  return findClosingBrace(text, index, lineEnd)
}

/** Behind the `}` that closes the `{` at `start`, passing over quoted text; or the line's end where none does. */
export function findClosingBrace(text: string, start: number, lineEnd: number): number {
  let isQuoted = false
  for (let index = start; index < lineEnd; index++) {
    const code = text.charCodeAt(index)
    if (isQuoted && code === BACKSLASH) index++
    else if (code === QUOTE) isQuoted = !isQuoted
    else if (code === BRACE_CLOSE && !isQuoted) return index + 1
  }
  return lineEnd
}
