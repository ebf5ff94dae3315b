// The live board without React: listens to one stream while somebody looks, and says how the connection is.
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LiveBoard, LiveState } from './live-board'
import { toBoard } from './live-board'
import type { LivePoints } from './live-points'
import { applyEvent, NO_POINTS, toHistory } from './live-points'

/** Waits between attempts when the browser's own reconnection has given up. */
const RETRY_MS = [1_000, 2_000, 5_000]
/** The same where the server has too many viewers: one of them has to leave first. */
const RETRY_FULL_MS = 10_000

/** A hidden page looks so often what is new, and for so long: its title and its icon are seen while another tab is shown. */
const GLANCE_EVERY_MS = 30_000
const GLANCE_MS = 1_000

export type LiveQuestion = {
  exprs: string[]
  instantExprs: string[]
  rangeMs: number
  stepMs: number
  /** Where a time ends that stands still; undefined where it goes on. */
  endMs?: number | undefined
}

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
    /** Points are asked for so seldom from now on; undefined: they come by themselves. */
    pace?(everyMs: number | undefined): void
    /** All that has been told so far, as one event; undefined while that is nothing. */
    history(): LiveEvent | undefined
  },
) => () => void

/** What a board is read from: a stream, or one answer (window-store.ts). */
export type BoardStore = {
  getBoard(): LiveBoard
  /** What the board is made of. */
  getPoints(): LivePoints
  /** Listens while there is at least one listener. Returns its unsubscribe. */
  subscribe(listener: () => void): () => void
}

/** The board of a stream. */
export type LiveStore = BoardStore & {
  /**
   * Nobody sees a hidden page: it holds no connection but for a glance now and then, and goes on after its last event when
   * it is shown again.
   */
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
  const listeners = new Set<() => void>()

  let points = initial.reduce((before, { event }) => applyEvent(before, event, rangeMs, stepMs), NO_POINTS)
  let lastEventId = initial.at(-1)?.id
  let connection: Connection = 'connecting'
  let hasBeenOpen = false
  let everyMs: number | undefined
  let isHidden = false
  let isLate = false
  let failures = 0
  let close: (() => void) | null = null
  let lateTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let glanceTimer: ReturnType<typeof setTimeout> | undefined
  let board = makeBoard()

  function stateNow(): LiveState {
    if (connection === 'full') return 'full'
    if (connection === 'lost') return 'reconnecting'
    if (isLate) return 'stale'
    return connection === 'open' && points.timesMs.length > 0 ? 'live' : 'connecting'
  }

  function makeBoard(): LiveBoard {
    const made = toBoard(points, question, stateNow())
    return everyMs === undefined ? made : { ...made, everyMs }
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
      if (isHidden) rest()
      changed()
    }, staleAfterMs)
  }

  function connect(): void {
    if (close || listeners.size === 0) return
    expectPoint()
    close = open(question, lastEventId, {
      message({ id, event }) {
        points = applyEvent(points, event, rangeMs, stepMs)
        lastEventId = id
        connection = 'open'
        hasBeenOpen = true
        failures = 0
        expectPoint()
        if (isHidden) glanceTimer ??= setTimeout(rest, GLANCE_MS)
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
        retryTimer = setTimeout(connect, isHidden ? GLANCE_EVERY_MS : retryMs)
        changed()
      },
      pace(next) {
        if (next === everyMs) return
        everyMs = next
        changed()
      },
      history: () => (points.timesMs.length > 0 ? toHistory(points) : undefined),
    })
  }

  function disconnect(): void {
    clearTimeout(lateTimer)
    clearTimeout(retryTimer)
    clearTimeout(glanceTimer)
    glanceTimer = undefined
    close?.()
    close = null
  }

  /** Until the next glance. */
  function rest(): void {
    disconnect()
    retryTimer = setTimeout(connect, GLANCE_EVERY_MS)
  }

  return {
    getBoard: () => board,
    getPoints: () => points,
    subscribe(listener) {
      listeners.add(listener)
      connect()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        disconnect()
        connection = 'connecting'
        board = makeBoard()
      }
    },
    setHidden(next) {
      if (next === isHidden) return
      isHidden = next
      if (isHidden) {
        rest()
        connection = 'connecting'
      } else {
        clearTimeout(glanceTimer)
        glanceTimer = undefined
        clearTimeout(retryTimer)
        connect()
      }
      changed()
    },
  }
}
