// What the expressions of a question have in common is sent once: a stream is opened with a GET, so all of them stand in
// its URL, of which Node takes 16 KB and many a proxy only 8.
import type { LiveQuestion } from './live-store'

/** Each expression is its parts with `common` between them. */
export type QuestionInParts = Omit<LiveQuestion, 'exprs' | 'instantExprs'> & {
  common: string
  exprs: string[][]
  instantExprs: string[][]
}

/** Loses nothing, whatever the expressions are: only how short it gets depends on them. */
export function inParts({ exprs, instantExprs, ...times }: LiveQuestion): QuestionInParts {
  const common = mostRepeated([...exprs, ...instantExprs])
  const split = (expr: string) => (common === '' ? [expr] : expr.split(common))
  return { ...times, common, exprs: exprs.map(split), instantExprs: instantExprs.map(split) }
}

/** What stands between the braces of a selector, and takes the most room if it is written wherever it occurs. */
function mostRepeated(exprs: readonly string[]): string {
  const text = exprs.join('\n')
  const matchers = new Set([...text.matchAll(/\{([^{}]+)\}/g)].map(([, inner = '']) => inner))
  const roomOf = (common: string) => (text.split(common).length - 2) * common.length
  const [most = ''] = [...matchers].sort((a, b) => roomOf(b) - roomOf(a))
  return most
}
