import { expect, test } from 'vitest'
import { verdictOn } from './compare'
import type { Outcome } from './judge'

const outcome = (result: Outcome['result'], status = 0): Outcome => ({ result, status, words: '' })

test.each([
  ['answers as Prometheus does', outcome('answered', 200), outcome('answered', 200), 'both answered'],
  ['names a limit of its own', outcome('limited', 422), outcome('answered', 200), 'refused by a limit of ours'],
  ['finds wrong what is right there', outcome('refused', 400), outcome('answered', 200), 'failed'],
  ['finds right what is wrong there', outcome('answered', 200), outcome('refused', 400), 'failed'],
  ['answers what is too much there', outcome('answered', 200), outcome('limited', 422), 'answered here only'],
  ['refuses as Prometheus does', outcome('refused', 400), outcome('refused', 400), 'both refused'],
  ['waits for a Prometheus that gives none', outcome('answered', 200), outcome('late'), 'no answer there'],
  ['gives no answer', outcome('late'), outcome('answered', 200), 'failed'],
  ['breaks, whatever there', outcome('fault'), outcome('late'), 'failed'],
] as const)('an app that %s', (_, ours, theirs, verdict) => {
  expect(verdictOn(ours, theirs)).toBe(verdict)
})
