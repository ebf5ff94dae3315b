// The same questions asked of a real Prometheus: what it answers, this app answers too, or refuses in words that name a
// limit; what is wrong by its rules is refused here as well.
import { ask } from './ask'
import type { Entry } from './attack'
import type { Outcome } from './judge'
import type { Moment } from './question'
import { questionAt } from './questions'

export const VERDICTS = [
  'both answered',
  'refused by a limit of ours',
  'both refused',
  'answered here only',
  'no answer there',
  'failed',
] as const
export type Verdict = (typeof VERDICTS)[number]

export type Comparison = { place: number; kind: string; verdict: Verdict; ours: Outcome; theirs: Outcome }

export type CompareOptions = {
  /** Where the Prometheus is. */
  url: string
  seed: number
  about: Omit<Moment, 'nowSeconds'>
  /** Questions that are asked at a time. */
  connections: number
  limitMs: number
  /** After so long, no more are asked. */
  wholeLimitMs: number
}

/** Asks those of `entries` that a Prometheus has to answer. */
export async function compare(entries: readonly Entry[], options: CompareOptions): Promise<Comparison[]> {
  const { url, seed, about, connections, limitMs, wholeLimitMs } = options
  const endMs = performance.now() + wholeLimitMs
  const waiting = entries.filter(({ isComparable }) => isComparable).values()
  const compared: Comparison[] = []
  const connection = async () => {
    for (const { asked, kind, place } of waiting) {
      if (performance.now() > endMs) return
      const question = questionAt(seed, place, kind, { ...about, nowSeconds: Date.now() / 1000 })
      const [theirs] = await ask(url, { ...question, clients: 1 }, limitMs)
      const ours = asked.find(({ result }) => result === 'fault' || result === 'late') ?? asked[0]
      if (ours && theirs) compared.push({ place, kind, ours, theirs, verdict: verdictOn(ours, theirs) })
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
  return compared
}

const BAD_DATA = 400

/** A refusal that is no `bad_data` is about samples and limits, which are not the same here and there. */
export function verdictOn(ours: Outcome, theirs: Outcome): Verdict {
  if (ours.result === 'fault' || ours.result === 'late') return 'failed'
  if (theirs.result === 'fault' || theirs.result === 'late') return 'no answer there'
  if (theirs.result === 'answered') {
    if (ours.result === 'answered') return 'both answered'
    return ours.result === 'limited' ? 'refused by a limit of ours' : 'failed'
  }
  if (ours.result !== 'answered') return 'both refused'
  return theirs.status === BAD_DATA ? 'failed' : 'answered here only'
}
