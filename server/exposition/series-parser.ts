// Parses what stands before a value, `name{label="value",...}`, the label sets of exemplars and the names in metadata.
// Characters are looked at one by one: a regular expression with a choice in a loop overflows the stack on long texts.
import {
  BACKSLASH,
  BRACE_CLOSE,
  BRACE_OPEN,
  COMMA,
  EQUALS,
  isBlank,
  isLabelNamePart,
  isLabelNameStart,
  isMetricNamePart,
  isMetricNameStart,
  LINE_FEED,
  QUOTE,
  shown,
} from './characters'
import { unescapeQuoted } from './escape'
import { ExpositionError } from './exposition-error'
import type { Grammar } from './grammar'
import { setLabel } from './labels'
import { Series } from './series'
import type { Labels } from './snapshot'

/**
 * Parses a series text that has nothing before or behind it. The name may be a quoted one among the labels, as in
 * Prometheus 3: `{"my.metric",label="value"}`. Throws ExpositionError for `line`.
 */
export function parseSeries(text: string, grammar: Grammar, line: number): Series {
  return new SeriesParser(text, grammar, line).series()
}

/**
 * Parses the label set `{...}` of an exemplar. Prometheus takes any names, leaves escapes as they stand, and of a label
 * that comes twice the last. Throws ExpositionError for `line`.
 */
export function parseExemplarLabels(text: string, grammar: Grammar, line: number): Labels {
  const rules: Grammar = { ...grammar, lineBreaks: 'nowhere' }
  return new SeriesParser(text, rules, line, grammar.isServers).labelSet()
}

/** The metric's name, quoted or not, that `text` begins with, and what is behind it. Throws ExpositionError for `line`. */
export function parseMetadataName(text: string, grammar: Grammar, line: number): { name: string; rest: string } {
  return new SeriesParser(text, grammar, line).metadataName()
}

class SeriesParser {
  private position = 0
  private name: string | undefined
  private readonly labels: Record<string, string> = {}

  constructor(
    private readonly text: string,
    private readonly grammar: Grammar,
    private readonly line: number,
    private readonly isServersExemplar = false,
  ) {}

  series(): Series {
    const indent = this.grammar.isServers && this.grammar.hasBlanks ? this.takeWhile(isBlank) : ''
    if (isMetricNameStart(this.next())) this.name = indent + this.takeWhile(isMetricNamePart)
    else if (this.next() !== BRACE_OPEN) this.fail('expected a metric name')
    this.skipBlanks()
    if (this.next() === BRACE_OPEN) this.labelsInBraces()
    if (this.position < this.text.length) this.fail('expected { or a value behind the metric name')
    if (this.name === undefined) this.fail('expected a metric name before or in the braces')
    return new Series(this.text, this.name, this.labels)
  }

  labelSet(): Labels {
    if (this.next() !== BRACE_OPEN) this.fail('expected {')
    this.name = ''
    this.labelsInBraces()
    return this.labels
  }

  metadataName(): { name: string; rest: string } {
    const isQuoted = this.next() === QUOTE
    if (!isQuoted && !isMetricNameStart(this.next())) this.fail('expected a metric name')
    const name = isQuoted ? this.quotedName() : this.takeWhile(isMetricNamePart)
    if (name === '' && !this.grammar.isServers) this.refuse('a metric name must not be empty')
    return { name, rest: this.text.slice(this.position) }
  }

  private labelsInBraces(): void {
    this.step()
    while (this.next() !== BRACE_CLOSE) {
      this.labelOrName()
      if (this.next() === COMMA) {
        this.step()
        if (this.next() === BRACE_CLOSE && !this.grammar.hasLastComma) this.fail('expected a label behind the comma')
      } else if (this.next() !== BRACE_CLOSE && !this.grammar.hasBlanks)
        this.fail('expected a comma or } behind a label')
    }
    this.position++
  }

  private labelOrName(): void {
    const isQuoted = this.next() === QUOTE
    if (!isQuoted && !isLabelNameStart(this.next())) this.fail('expected a label name or }')
    const name = isQuoted ? this.quotedName() : this.takeWhile(isLabelNamePart)
    this.skipBlanks()
    if (isQuoted && this.name === undefined && (this.next() === COMMA || this.next() === BRACE_CLOSE)) {
      if (name === '') this.refuse('a metric name must not be empty')
      this.name = name
      return
    }
    if (this.next() !== EQUALS) this.fail(`expected = behind the label name ${shown(name)}`)
    this.step()
    if (this.next() !== QUOTE) this.fail(`expected the value of the label ${shown(name)} in quotes`)
    const value = this.quoted(this.grammar.lineBreaks === 'everywhere')
    if (this.isServersExemplar && value.includes('\0')) this.fail('expected no NUL in the labels of an exemplar')
    this.skipBlanks()
    this.addLabel(name, value)
  }

  private addLabel(name: string, value: string): void {
    if (this.isServersExemplar) {
      setLabel(this.labels, name, value)
      return
    }
    if (name === '') this.refuse('a label name must not be empty')
    if (name === '__name__') this.refuse('a label must not be called __name__: that is the metric name')
    const isRepeated = Object.hasOwn(this.labels, name)
    const isEmpty = isRepeated && (value === '' || this.labels[name] === '')
    if (isRepeated && !(isEmpty && this.grammar.isServers)) this.refuse(`the label ${shown(name)} must come only once`)
    setLabel(this.labels, name, isRepeated ? '' : value)
  }

  private quotedName(): string {
    const name = this.quoted(this.grammar.lineBreaks !== 'nowhere')
    if (this.grammar.isServers && name.includes('\0')) this.fail(`expected a name without a NUL, not ${shown(name)}`)
    return name
  }

  /** The text between quotes, of which the first is next. Behind a backslash no line may break. */
  private quoted(mayBreak: boolean): string {
    const start = this.position + 1
    let hasEscape = false
    for (let index = start; index < this.text.length; index++) {
      const code = this.text.charCodeAt(index)
      if (code === QUOTE) {
        this.position = index + 1
        const inside = this.text.slice(start, index)
        return hasEscape && !this.isServersExemplar ? unescapeQuoted(inside) : inside
      }
      if (!mayBreak && code === LINE_FEED) break
      if (code !== BACKSLASH) continue
      hasEscape = true
      if (this.text.charCodeAt(++index) === LINE_FEED) break
    }
    this.position = this.text.length
    return this.fail('expected a closing quote')
  }

  private takeWhile(isPart: (code: number) => boolean): string {
    const start = this.position
    while (isPart(this.next())) this.position++
    return this.text.slice(start, this.position)
  }

  /** Passes one character and, if blanks are welcome, those behind it. */
  private step(): void {
    this.position++
    this.skipBlanks()
  }

  private skipBlanks(): void {
    while (this.grammar.hasBlanks && isBlank(this.next())) this.position++
  }

  /** The code unit at hand; NaN, which equals nothing, at the end. */
  private next(): number {
    return this.text.charCodeAt(this.position)
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.position)
    throw new ExpositionError(this.line, `${expected}, got ${rest === '' ? 'the end of the line' : shown(rest)}`)
  }

  private refuse(rule: string): never {
    throw new ExpositionError(this.line, `${rule}, in ${shown(this.text)}`, true)
  }
}
