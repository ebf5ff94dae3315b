// The words of the language.
import { quoteText } from '../go-quote'

export type TokenKind =
  | 'end of input'
  | 'identifier'
  | 'metric identifier'
  | 'number'
  | 'duration'
  | 'string'
  | 'keyword'
  | 'operator'
  | 'aggregator'
  | 'preprocessor'
  | 'punctuation'

/** `word` is what the token means: its text, in small letters where case doesn't count. */
export type Token = { kind: TokenKind; word: string; text: string; from: number; to: number }

const words: Readonly<Partial<Record<TokenKind, readonly string[]>>> = {
  keyword: [
    ...['offset', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool'],
    ...['anchored', 'smoothed', 'fill', 'fill_left', 'fill_right'],
  ],
  operator: ['and', 'or', 'unless', 'atan2'],
  aggregator: [
    ...['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'quantile'],
    ...['topk', 'bottomk', 'count_values', 'limitk', 'limit_ratio'],
  ],
  preprocessor: ['start', 'end'],
  number: ['inf', 'nan'],
}
/** Words of the language that a metric may be called by all the same. */
const namingKeywords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'unless', 'by', 'without', 'offset'],
  ...['anchored', 'smoothed', 'fill', 'fill_left', 'fill_right'],
])
const kinds = new Map(
  Object.entries(words).flatMap(([kind, list]) => list.map((word) => [word, kind as TokenKind] as const)),
)

/** What a word is outside of braces; any case of a keyword is that keyword. */
export function kindOfWord(text: string): TokenKind {
  return kinds.get(text.toLowerCase()) ?? (text.includes(':') ? 'metric identifier' : 'identifier')
}

/** Words that are operators, aggregators and so on elsewhere, but can also be the name of a metric. */
export function canNameMetric({ kind, word }: Token): boolean {
  if (kind === 'identifier' || kind === 'metric identifier' || kind === 'aggregator' || kind === 'preprocessor')
    return true
  return namingKeywords.has(word)
}

/** Words that can be the name of a label where labels are listed. */
export function canNameLabel({ kind, text }: Token): boolean {
  return /^[a-zA-Z_:]/.test(text) && kind !== 'number'
}

/** The token as Prometheus's messages name it. */
export function describeToken({ kind, text }: Token): string {
  switch (kind) {
    case 'end of input':
      return kind
    case 'identifier':
    case 'metric identifier':
      return `${kind} ${quoteText(text)}`
    case 'number':
    case 'duration':
    case 'string':
      return `${kind} ${shortened(text)}`
    case 'keyword':
      return `<${text}>`
    case 'operator':
      return `<op:${text}>`
    case 'aggregator':
      return `<aggr:${text}>`
    default:
      return shortened(text)
  }
}

function shortened(text: string): string {
  return text.length > 10 ? `${quoteText(text.slice(0, 10))}...` : quoteText(text)
}
