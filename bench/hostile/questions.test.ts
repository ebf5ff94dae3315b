import { expect, test } from 'vitest'
import { ALL_FEATURES } from '../../server/features'
import { mulberry32 } from '../../server/promql/differential/generated-series'
import { parseExpr } from '../../server/promql/parse'
import { PromqlError } from '../../server/promql/promql-error'
import { EXPR_KINDS, EXPRESSIONS } from './expressions'
import { namesLimit } from './judge'
import { kindAt, QUESTION_KINDS, questionAt } from './questions'

const moment = { nowSeconds: 1_700_000_000.5, job: 'shop', instance: '127.0.0.1:9100' }
const LONGEST_BODY = 32 * 1024 * 1024

function questions(seed: number, count: number) {
  return Array.from({ length: count }, (_, place) => questionAt(seed, place, kindAt(seed, place), moment))
}

test('the same seed asks the same, and another seed something else', () => {
  const count = QUESTION_KINDS.length
  expect(questions(1, count)).toEqual(questions(1, count))
  expect(questions(2, count)).not.toEqual(questions(1, count))
})

test('every kind comes once before one comes again', () => {
  for (const round of [0, 1, 17]) {
    const kinds = QUESTION_KINDS.map((_, i) => kindAt(5, round * QUESTION_KINDS.length + i))
    expect(kinds.toSorted()).toEqual(QUESTION_KINDS.toSorted())
  }
})

test('a question is one that a client can send', () => {
  for (const { body, clients, kind, method, path } of questions(3, 5 * QUESTION_KINDS.length)) {
    const wrong = [
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what no head may have
      /^\/[^\s\u0000-\u001f\u007f-\uffff]*$/.test(path) ? '' : 'the path',
      body === '' || method === 'POST' ? '' : 'a body in a GET',
      body.length <= LONGEST_BODY ? '' : 'the length of the body',
      clients >= 1 && clients <= 60 ? '' : 'the number of clients',
    ].filter((part) => part !== '')
    expect({ kind, wrong }).toEqual({ kind, wrong: [] })
  }
})

test('an expression is good PromQL, or beyond a limit of the parser', () => {
  const random = mulberry32(11)
  const refused = EXPR_KINDS.filter((kind) => kind !== 'broken').flatMap((kind) =>
    Array.from({ length: 8 }, () => {
      const expr = EXPRESSIONS[kind](random)
      try {
        parseExpr(expr, ALL_FEATURES)
        return ''
      } catch (error) {
        if (!(error instanceof PromqlError)) throw error
        return namesLimit(error.message) ? '' : `${kind}: ${error.message} ${expr.slice(0, 300)}`
      }
    }).filter((one) => one !== ''),
  )
  expect(refused).toEqual([])
})
