// What a hostile run says at its end: what came of each kind, which limits were named, and what went wrong.
import type { Death, Entry } from './attack'
import { ENDED } from './attack'
import type { Comparison } from './compare'
import { VERDICTS } from './compare'
import type { Outcome } from './judge'
import { RESULTS } from './judge'

/** Of one kind and one fault. */
const LISTED = 2
const LONGEST_LINE = 260

/** How many requests of each kind came to what; the last row is of all. */
export function tableOfKinds(entries: readonly Entry[]): string[][] {
  const rows = kindsOf(entries).map((kind) => {
    const asked = entries.filter((one) => kind === ALL || one.kind === kind).flatMap((one) => one.asked)
    const waited = asked.filter(({ result }) => result !== 'left').map(({ seconds }) => seconds)
    const counts = RESULTS.map((result) => count(asked, (one) => one.result === result))
    return [kind, `${asked.length}`, ...counts, waited.reduce((a, b) => Math.max(a, b), 0).toFixed(1)]
  })
  return [['kind', 'requests', ...RESULTS, 'longest, s'], ...rows]
}

/** How many questions of each kind were answered here and there. */
export function tableOfComparisons(compared: readonly Comparison[]): string[][] {
  const rows = kindsOf(compared).map((kind) => {
    const own = compared.filter((one) => kind === ALL || one.kind === kind)
    return [kind, `${own.length}`, ...VERDICTS.map((verdict) => count(own, (one) => one.verdict === verdict))]
  })
  return [['kind', 'questions', ...VERDICTS], ...rows]
}

/** The words of refusals by a limit, without what is different each time, and how often they came. */
export function limitsNamed(entries: readonly Entry[]): string[] {
  const counts = new Map<string, number>()
  for (const { result, status, words } of entries.flatMap(({ asked }) => asked)) {
    if (result !== 'limited') continue
    const name = `${status}: ${words.replace(/\d[\d,.]*/g, 'N').replace(/"[^"\s]{30,}"?/g, '"…"')}`.slice(0, 140)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name, times]) => `${times} x ${name}`)
}

/** Every death, and the first few of each kind of question that had a fault or no answer in time. */
export function complaints(entries: readonly Entry[], deaths: readonly Death[]): string[] {
  const faults = entries.flatMap(({ asked, kind, place }) => {
    const wrong = asked.find((one) => isWrong(one) && one.words !== ENDED)
    return wrong ? [{ kind, line: line(kind, place, tell(wrong)) }] : []
  })
  return [...deaths.map(tellDeath), ...firstOfEach(faults)]
}

/** The first few questions of each kind that a Prometheus answers, or refuses, and this app doesn't. */
export function failures(compared: readonly Comparison[]): string[] {
  const told = compared.flatMap(({ kind, ours, place, theirs, verdict }) => {
    if (verdict !== 'failed' && verdict !== 'answered here only') return []
    return [{ kind: `${kind} ${verdict}`, line: line(kind, place, `here ${tell(ours)}; there ${tell(theirs)}`) }]
  })
  return firstOfEach(told)
}

export function isWrong({ result }: Outcome): boolean {
  return result === 'fault' || result === 'late'
}

const ALL = 'all'

function kindsOf(list: readonly { kind: string }[]): string[] {
  return [...[...new Set(list.map(({ kind }) => kind))].sort(), ALL]
}

/** Nothing for none, so that what there is is seen. */
function count<T>(list: readonly T[], isCounted: (one: T) => boolean): string {
  const counted = list.filter(isCounted).length
  return counted === 0 ? '' : `${counted}`
}

function firstOfEach(told: readonly { kind: string; line: string }[]): string[] {
  const counts = new Map<string, number>()
  return told.flatMap(({ kind, line }) => {
    const times = (counts.get(kind) ?? 0) + 1
    counts.set(kind, times)
    return times > LISTED ? [] : [line]
  })
}

function line(kind: string, place: number, words: string): string {
  return `${kind} (${place}): ${words}`.replaceAll('\n', ' ').slice(0, LONGEST_LINE)
}

function tell({ result, status, words }: Outcome): string {
  return `${result}${status === 0 ? '' : ` with ${status}`}${words === '' ? '' : `: ${words}`}`
}

function tellDeath({ lastWords, suspects }: Death): string {
  const asked = suspects.map(({ kind, place }) => `${kind} (${place})`).join(', ')
  return `The process ended while these were asked: ${asked}. It said: ${lastWords.replaceAll('\n', ' ')}`
}
