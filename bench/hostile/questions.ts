// All hostile questions, in an order in which every kind comes once before one comes again. The same for the same seed,
// but for the time that they are about.
import { mulberry32 } from '../../server/promql/differential/generated-series'
import { APP_KINDS } from './app-questions'
import { PROMETHEUS_KINDS } from './prometheus-questions'
import type { Moment, Question } from './question'

const KINDS = Object.entries({ ...PROMETHEUS_KINDS, ...APP_KINDS })

export const QUESTION_KINDS: readonly string[] = KINDS.map(([kind]) => kind)

/** The kinds of a series of questions, from place 0 on: each round has all of `kinds`, in an order of its own. */
export function kindAt(seed: number, place: number, kinds: readonly string[] = QUESTION_KINDS): string {
  const round = Math.floor(place / kinds.length)
  const random = mulberry32(seed * 7919 + round)
  const order = kinds.map((kind) => ({ kind, key: random() })).sort((a, b) => a.key - b.key)
  return order[place % kinds.length]?.kind ?? ''
}

/** The question at a place; those of other places need not have been made. Throws for a kind that there isn't. */
export function questionAt(seed: number, place: number, kind: string, moment: Moment): Question {
  const make = KINDS.find(([name]) => name === kind)?.[1]
  if (make === undefined) throw new Error(`expected a kind of question, got ${JSON.stringify(kind)}`)
  const draft = make(mulberry32(seed * 1_000_003 + place), moment)
  return {
    kind,
    method: 'GET',
    headers: {},
    body: '',
    manner: 'read',
    patienceMs: 0,
    clients: 1,
    isComparable: draft.door === 'prometheus' && ['read', 'trickle'].includes(draft.manner ?? 'read'),
    ...draft,
  }
}
