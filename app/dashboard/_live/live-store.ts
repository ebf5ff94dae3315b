// The live board without React: listens to one stream while somebody looks, and says how the connection is.
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LiveBoard, LiveSeries, LiveState } from './live-board'
import { applyEvent, NO_POINTS, toHistory } from './live-points'

/** Waits between attempts when the browser's own reconnection has given up. */
const RETRY_MS = [1_000, 2_000, 5_000]
/** The same where the server has too many viewers: one of them has to leave first. */
const RETRY_FULL_MS = 10_000

export type LiveQuestion = { exprs: string[]; instantExprs: string[]; rangeMs: number; stepMs: number }

/** An event with its id: what to hand back to go on after it. */
export type LiveMessage = { id: string; event: LiveEvent }

/** Opens the stream after `lastEventId`; returns what closes it. The callbacks are not called after that. */
export type OpenStream = (
  question: LiveQuestion,
  lastEventId: string | undefined,
  on: {
    message(message: LiveMessage): void
    /** connected: the server has answered; lost: the connection broke and is sought again by itself. */
    connection(state: 'connected' | 'lost'): void
    /** The stream is over and has to be opened anew; `isFull` where it was refused because of too many viewers. */
    failed(isFull?: boolean): void
    /** All that has been told so far, as one event; undefined while that is nothing. */
    history(): LiveEvent | undefined
  },
) => () => void

export type LiveStore = {
  getBoard(): LiveBoard
  /** Listens while there is at least one listener. Returns its unsubscribe. */
  subscribe(listener: () => void): () => void
  setPaused(isPaused: boolean): void
  /** Nobody sees a hidden page: it holds no connection, and goes on after its last event when it is shown again. */
  setHidden(isHidden: boolean): void
}

type Connection = 'connecting' | 'open' | 'lost' | 'full'

/** `initial` is what came with the page. Points older than `staleAfterMs` on an open connection are stale. */
export function createLiveStore(
  open: OpenStream,
  question: LiveQuestion,
  initial: readonly LiveMessage[],
  staleAfterMs: number,
): LiveStore {
  const { rangeMs, stepMs } = question
  const numberOf = new Map([...question.exprs, ...question.instantExprs].map((expr, number) => [expr, number]))
  const listeners = new Set<() => void>()

  let points = initial.reduce((before, { event }) => applyEvent(before, event, rangeMs, stepMs), NO_POINTS)
  let lastEventId = initial.at(-1)?.id
  let connection: Connection = 'connecting'
  let hasBeenOpen = false
  let isPaused = false
  let isHidden = false
  let isLate = false
  let failures = 0
  let close: (() => void) | null = null
  let lateTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let board = makeBoard()

  function stateNow(): LiveState {
    if (isPaused) return 'paused'
    if (connection === 'full') return 'full'
    if (connection === 'lost') return 'reconnecting'
    if (isLate) return 'stale'
    return connection === 'open' && points.timesMs.length > 0 ? 'live' : 'connecting'
  }

  function makeBoard(): LiveBoard {
    const { timesMs, queries, errors } = points
    const find = <T>(expr: string, found: ReadonlyMap<number, T>): T | undefined => found.get(numberOf.get(expr) ?? -1)
    const rows = new Map<number, LiveSeries[]>()
    for (const [query, series] of queries) rows.set(query, [...series.values()])
    return {
      timesMs,
      stepMs,
      series: (expr) => find(expr, rows) ?? NO_SERIES,
      error: (expr) => find(expr, errors),
      state: stateNow(),
      newestMs: timesMs.at(-1) ?? null,
      hasHistory: timesMs.length > 0,
    }
  }

  function changed(): void {
    board = makeBoard()
    for (const listener of listeners) listener()
  }

  function expectPoint(): void {
    isLate = false
    clearTimeout(lateTimer)
    lateTimer = setTimeout(() => {
      isLate = true
      changed()
    }, staleAfterMs)
  }

  /** A pause holds what is there: where there is nothing yet, the history is awaited first. */
  const isHeld = () => isHidden || (isPaused && points.timesMs.length > 0)

  function connect(): void {
    if (close || isHeld() || listeners.size === 0) return
    expectPoint()
    close = open(question, lastEventId, {
      message({ id, event }) {
        points = applyEvent(points, event, rangeMs, stepMs)
        lastEventId = id
        connection = 'open'
        hasBeenOpen = true
        failures = 0
        expectPoint()
        if (isHeld()) disconnect()
        changed()
      },
      connection(state) {
        if (state === 'connected') hasBeenOpen = true
        connection = state === 'connected' ? 'open' : hasBeenOpen ? 'lost' : 'connecting'
        changed()
      },
      failed(isFull = false) {
        disconnect()
        connection = isFull ? 'full' : hasBeenOpen ? 'lost' : 'connecting'
        const retryMs = isFull ? RETRY_FULL_MS : RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]
        retryTimer = setTimeout(connect, retryMs)
        changed()
      },
      history: () => (points.timesMs.length > 0 ? toHistory(points) : undefined),
    })
  }

  function holdOrConnect(): void {
    if (isHeld()) {
      disconnect()
      connection = 'connecting'
    } else connect()
    changed()
  }

  function disconnect(): void {
    clearTimeout(lateTimer)
    clearTimeout(retryTimer)
    close?.()
    close = null
  }

  return {
    getBoard: () => board,
    subscribe(listener) {
      listeners.add(listener)
      connect()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) disconnect()
      }
    },
    setPaused(next) {
      if (next === isPaused) return
      isPaused = next
      holdOrConnect()
    },
    setHidden(next) {
      if (next === isHidden) return
      isHidden = next
      holdOrConnect()
    },
  }
}

const NO_SERIES: readonly LiveSeries[] = []
