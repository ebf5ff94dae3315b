// Asks a server many hostile questions, a few at a time, and notes what came of each. A server that ends is started
// again, so that one question doesn't hide what the others do.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '../../e2e/start-server'
import type { Asked } from './ask'
import { ask } from './ask'
import type { Moment, Question } from './question'
import { kindAt, QUESTION_KINDS, questionAt } from './questions'

export type Entry = { place: number; kind: string; isComparable: boolean; asked: Asked[] }

/** The server ended while these questions were being asked. */
export type Death = { suspects: { place: number; kind: string }[]; lastWords: string }

export type Attack = {
  entries: Entry[]
  deaths: Death[]
  seconds: number
  /** The one that was asked last, unless it has ended. */
  survivor: Server | undefined
}

export type AttackOptions = {
  seed: number
  /** The places of the questions in their order. */
  places: { from: number; count: number }
  kinds?: readonly string[]
  about: Omit<Moment, 'nowSeconds'>
  /** Questions that are asked at a time. */
  connections: number
  /** How long a client waits for an answer. */
  limitMs: number
  /** After so long, no more are asked. */
  wholeLimitMs: number
  server: Server
  /** Called after each thousand questions. */
  progressed?: (asked: number, seconds: number) => void
  /** Gives another server, or none where it is enough. */
  restart?: () => Promise<Server | undefined>
}

/** Said of the questions that were being asked then. */
export const ENDED = 'the process ended'

/** A process that has just closed its connections may take so long to be gone: it writes why. */
const DYING_MS = 1_000
const LAST_CHARACTERS = 300

export async function attack(options: AttackOptions): Promise<Attack> {
  const { seed, places, kinds = QUESTION_KINDS, about, connections, limitMs, wholeLimitMs } = options
  const begunMs = performance.now()
  const entries: Entry[] = []
  const deaths: Death[] = []
  let server: Server | undefined = options.server
  let starting: Promise<void> = Promise.resolve()
  let next = places.from

  /** The first who notices it has the server started again; the others were asking too. */
  function mourn(dead: Server, place: number, kind: string): void {
    if (dead === server) {
      deaths.push({ suspects: [], lastWords: dead.output().trim().slice(-LAST_CHARACTERS) })
      server = undefined
      starting = restart()
    }
    deaths.at(-1)?.suspects.push({ place, kind })
  }

  async function restart(): Promise<void> {
    server = await options.restart?.()
  }

  async function connection(): Promise<void> {
    while (next < places.from + places.count && performance.now() - begunMs < wholeLimitMs) {
      const place = next++
      await starting
      if (server === undefined) return
      const victim = server
      const kind = kindAt(seed, place, kinds)
      const question = questionAt(seed, place, kind, { ...about, nowSeconds: Date.now() / 1000 })
      let asked = await ask(doorOf(victim.url, question), question, limitMs)
      if (asked.some(({ result }) => result === 'fault' || result === 'late')) await sleep(DYING_MS)
      if (victim.hasEnded()) {
        asked = asked.map((one) => (one.status === 0 ? { ...one, result: 'fault', words: ENDED } : one))
        mourn(victim, place, kind)
      }
      entries.push({ place, kind, isComparable: question.isComparable, asked })
      if (entries.length % 1000 === 0) options.progressed?.(entries.length, (performance.now() - begunMs) / 1000)
    }
  }

  await Promise.all(Array.from({ length: connections }, connection))
  return { entries, deaths, seconds: (performance.now() - begunMs) / 1000, survivor: server }
}

function doorOf(url: string, { door }: Question): string {
  return door === 'prometheus' ? `${url}/prometheus` : url
}
