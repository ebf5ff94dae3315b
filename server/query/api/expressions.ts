// format_query and parse_query: an expression as text that is easy to read, and as a tree.
import { parseExpr } from '../../promql/parse'
import { prettify } from '../../promql/print/prettify'
import type { Answer } from './answer'
import { jsonValue } from './json-text'
import type { Question, Sources } from './sources'
import { syntaxTree } from './syntax-tree'

/** `query`. */
export function answerFormatQuery({ form }: Question, { settings }: Sources): Answer {
  return { data: jsonValue(prettify(parseExpr(form.get('query'), settings.features))) }
}

/** `query`. */
export function answerParseQuery({ form }: Question, { settings }: Sources): Answer {
  return { data: jsonValue(syntaxTree(parseExpr(form.get('query'), settings.features))) }
}
