// format_query and parse_query: an expression as text that is easy to read, and as a tree.
import { parseExpr } from '../../promql/parse'
import { prettify } from '../../promql/print/prettify'
import type { Answer } from './answer'
import { jsonValue } from './json-text'
import type { Question } from './sources'
import { syntaxTree } from './syntax-tree'

/** `query`. */
export function answerFormatQuery({ form }: Question): Answer {
  return { data: jsonValue(prettify(parseExpr(form.get('query')))) }
}

/** `query`. */
export function answerParseQuery({ form }: Question): Answer {
  return { data: jsonValue(syntaxTree(parseExpr(form.get('query')))) }
}
