// The boards of all pages, in one place above them: a page that is left and shown again goes on where it was, and the stream
// of the page that was left stays open for a while. Each question has a stream of its own, since tabs share streams by their
// question and a server answers each question once for all who ask it.
import type { LiveEvent } from '@/server/trpc/live-event'
import { applyEvent, NO_POINTS } from './live-points'
import type { BoardStore, LiveMessage, LiveQuestion, LiveStore, OpenStream } from './live-store'
import { createLiveStore } from './live-store'
import type { AskWindow, FirstPoints } from './window-store'
import { createWindowStore } from './window-store'

/** Of which the points are kept. */
const MOST_KEPT = 8
/** How long the stream of the page that was left stays open: one of them at a time. */
export const LINGER_MS = 60_000
/** A page that is gone to waits so long for its history at most, and is then shown as it is. */
export const READY_WITHIN_MS = 5_000
/** From then on until the page itself listens. */
const HANDOVER_MS = 2_000

export type LiveStores = {
  /** The board of a question: a stream, or one answer where it has an end. The same one as long as it is kept. */
  get(question: LiveQuestion): BoardStore
  /** Until the board can be drawn, while a page is gone to; undefined where nobody has to wait. */
  ready(store: BoardStore): Promise<void> | undefined
  /** A page is gone to from now on, or is there. */
  setArriving(isArriving: boolean): void
  /** The page that shows this is left: its stream stays open for a while. */
  leave(store: BoardStore): void
  /** As LiveStore has it, for all of them. */
  setHidden(isHidden: boolean): void
}

type LiveStoresOptions = {
  open: OpenStream
  ask: AskWindow
  staleAfterMs: number
  /** What came with the document. */
  first?: { question: LiveQuestion; messages: readonly LiveMessage[] } | undefined
}

export function createLiveStores({ open, ask, staleAfterMs, first }: LiveStoresOptions): LiveStores {
  const kept = new Map<string, BoardStore | LiveStore>()
  const waits = new Map<BoardStore, Promise<void>>()
  const firstKey = first && keyOf(first.question)
  let isArriving = false
  let isHidden = false
  let endLingering = () => {}

  function makeStream(question: LiveQuestion, messages: readonly LiveMessage[]): LiveStore {
    const store = createLiveStore(open, question, messages, staleAfterMs)
    store.setHidden(isHidden)
    return store
  }

  function makeWindow(question: LiveQuestion, [message]: readonly LiveMessage[]): BoardStore {
    if (message !== undefined) return createWindowStore(ask, question, toWhole(message.event, question))
    const told = kept.get(keyOf({ ...question, endMs: undefined }))?.getPoints()
    const isTold = told !== undefined && told.timesMs.at(-1) === question.endMs
    return createWindowStore(ask, question, isTold ? { points: told, isWhole: false } : undefined)
  }

  return {
    get(question) {
      const key = keyOf(question)
      const make = question.endMs === undefined ? makeStream : makeWindow
      const store = kept.get(key) ?? make(question, key === firstKey ? (first?.messages ?? []) : [])
      kept.delete(key)
      kept.set(key, store)
      const [oldest] = kept.keys()
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
      return store
    },

    ready(store) {
      if (!isArriving || (isReady(store) && !waits.has(store))) return undefined
      const wait = waits.get(store) ?? untilReady(store, () => waits.delete(store))
      waits.set(store, wait)
      return wait
    },

    setArriving(next) {
      isArriving = next
    },

    leave(store) {
      endLingering()
      // One answer has come, or is of no use to anybody.
      if (!('setHidden' in store)) return
      const unsubscribe = store.subscribe(() => {})
      const timer = setTimeout(() => endLingering(), LINGER_MS)
      endLingering = () => {
        clearTimeout(timer)
        unsubscribe()
        endLingering = () => {}
      }
    },

    setHidden(next) {
      isHidden = next
      for (const store of kept.values()) if ('setHidden' in store) store.setHidden(next)
    },
  }
}

/** Listens to it from now on until the page does, for which it has a moment. */
function untilReady(store: BoardStore, onEnd: () => void): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe(look)
    const timer = setTimeout(end, READY_WITHIN_MS)
    let hasEnded = false
    look()

    function look(): void {
      if (isReady(store)) end()
    }

    function end(): void {
      if (hasEnded) return
      hasEnded = true
      clearTimeout(timer)
      resolve()
      setTimeout(() => {
        unsubscribe()
        onEnd()
      }, HANDOVER_MS)
    }
  })
}

/** Where the connection is broken, there is nothing to wait for. */
function isReady(store: BoardStore): boolean {
  const { hasHistory, state } = store.getBoard()
  return state === 'connecting' ? false : hasHistory || state !== 'live'
}

const toWhole = (event: LiveEvent, { rangeMs, stepMs }: LiveQuestion): FirstPoints => ({
  points: applyEvent(NO_POINTS, event, rangeMs, stepMs),
  isWhole: true,
})

/** The same letters for the same question, which has no end where that is undefined. */
const keyOf = ({ exprs, instantExprs, rangeMs, stepMs, endMs }: LiveQuestion): string =>
  JSON.stringify({ exprs, instantExprs, rangeMs, stepMs, endMs })
