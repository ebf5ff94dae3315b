// All live streams of the process: the viewers of each question, their limit, and the order in which questions are asked.
import { withDeadline } from '../deadline'
import type { MemoryPool } from '../memory-pool'
import { PromqlError } from '../promql/promql-error'
import { SharedWork } from '../promql/shared-work'
import { queryTurns } from '../promql/turns'
import { createGate } from '../query/gate'
import type { Querier } from '../query/querier'
import { createInstantCache } from './instant-cache'
import type { LiveQuestion } from './live-answer'
import { answerLive, timesOf } from './live-answer'
import type { BoardSource } from './live-board'
import { LiveBoard, NOTHING_SEEN } from './live-board'
import { EventWriter, SeriesNumbers } from './live-encoder'
import { follow } from './live-follower'
import type { LiveMessage } from './live-message'
import { LiveMessages, readMessage } from './live-message'
import { LiveViewer } from './live-viewer'
import { createSpread } from './spread'

/** Histories, and what viewers who come back have missed, that are evaluated at a time; the others wait in turn. */
const HISTORIES_AT_ONCE = 2
/** The same for ticks, of different questions. */
const TICKS_AT_ONCE = 4
/** How long a question is remembered that nobody looks at: a page was rendered, and its stream is about to begin. */
const IDLE_BOARD_MS = 10_000
/** How many of these there are at most. */
const MAX_IDLE_BOARDS = 32
/** A page is not rendered with more than this: its numbers come with the stream then. */
const MAX_FIRST_PAINT_BYTES = 1024 ** 2
/** How long a page waits for its numbers. */
const FIRST_PAINT_LIMIT_MS = 1_500
/** How often is looked who has heard nothing for long, and who has read nothing. */
const LOOK_EVERY_MS = 1_000

export type LiveBoardsOptions = {
  querier: Pick<Querier, 'instant' | 'range'>
  /** Called once, and never unsubscribed: boards live as long as the process. */
  onTick(listener: (atMs: number) => void): void
  /** The tick that was told before. */
  lastTickMs?: number | undefined
  /** When samples of the past came in last, as they do when the history of an earlier process is loaded. */
  pastChangedMs?: () => number | undefined
  maxStreams: number
  /** How long it may take to evaluate a history or a tick, the time in which it waits for its turn included. */
  timeoutMs: number
  /** Where evaluations have their memory from. */
  memory: MemoryPool
  /** What the events of all questions may take together, kept for viewers to come and in the sockets of those there are. */
  messageBytes: number
  /** Lets all viewers go. */
  ending: AbortSignal
}

/** An event as JSON, and its id: what to hand back to go on after it. */
export type LiveMoment = { id: string; json: string }

type Entry = { key: string; board: LiveBoard; users: number; leftMs: number }

/** A question of a time that stands still. */
export type WindowQuestion = LiveQuestion & { endMs: number }

export type LiveBoards = ReturnType<typeof createLiveBoards>

export function createLiveBoards(options: LiveBoardsOptions) {
  const { ending, lastTickMs, maxStreams, memory, messageBytes, onTick, pastChangedMs, querier, timeoutMs } = options
  /** By question; those that nobody looks at in the order in which they were left. */
  const boards = new Map<string, Entry>()
  const viewers = new Set<LiveViewer>()
  const messages = new LiveMessages(messageBytes)
  const wake = createSpread()
  // No more wait than there are boards: of viewers, of pages that are rendered, and of nobody.
  const maxWaiting = maxStreams + 2 * MAX_IDLE_BOARDS
  const histories = createGate({ slots: HISTORIES_AT_ONCE, maxWaiting, timeoutMs })
  const ticks = createGate({ slots: TICKS_AT_ONCE, maxWaiting, timeoutMs })
  const instants = createInstantCache({ querier, memory, timeoutMs })
  const sources = { querier, askInstant: instants.ask, memory }
  let newestMs = lastTickMs ?? null
  let timer: NodeJS.Timeout | undefined

  onTick((atMs) => {
    newestMs = atMs
    for (const { board } of boards.values()) board.ticked()
  })
  ending.addEventListener('abort', () => {
    for (const viewer of viewers) letGo(viewer)
  })

  const source: BoardSource = {
    newestMs: () => newestMs,
    pastChangedMs: () => pastChangedMs?.() ?? 0,
    // The one place where questions of live boards are asked: in turn, and for so long at most.
    answer: (question, span, isTick, nobodyWaits, use) =>
      (isTick ? ticks : histories).ask(nobodyWaits, (signal) => answerLive(question, span, sources, signal, use)),
    memory,
    messages,
    wake,
  }

  /** The board of a question, and what gives it up. */
  function enter({ exprs, instantExprs, rangeMs, stepMs }: LiveQuestion): { board: LiveBoard; leave(): void } {
    const key = JSON.stringify([exprs, instantExprs, rangeMs, stepMs])
    let entry = boards.get(key)
    if (entry === undefined) {
      // The key that is kept is one for all, and not that of the viewer who comes.
      entry = { key, board: new LiveBoard({ exprs, instantExprs, rangeMs, stepMs }, source), users: 0, leftMs: 0 }
      boards.set(key, entry)
    }
    const entered = entry
    entered.users++
    timer ??= setInterval(look, LOOK_EVERY_MS).unref()
    return {
      board: entered.board,
      leave() {
        if (--entered.users > 0) return
        entered.leftMs = Date.now()
        boards.delete(entered.key)
        boards.set(entered.key, entered)
        dropIdle()
      },
    }
  }

  function dropIdle(): void {
    const idle = [...boards].filter(([, { users }]) => users === 0)
    const tooMany = idle.length - MAX_IDLE_BOARDS
    for (const [place, [key, { board, leftMs }]] of idle.entries()) {
      if (place >= tooMany && Date.now() - leftMs < IDLE_BOARD_MS) continue
      boards.delete(key)
      board.forgetAll()
    }
  }

  function look(): void {
    const nowMs = Date.now()
    for (const viewer of viewers) if (viewer.isDue(nowMs)) wake(viewer)
    dropIdle()
    if (boards.size > 0) return
    clearInterval(timer)
    timer = undefined
    instants.forget()
  }

  function letGo(viewer: LiveViewer): void {
    viewer.letGo()
    wake(viewer)
  }

  /** In the turn of histories. The samples of the past stay as they are, so nothing is shared or kept. */
  async function answerWindow(question: WindowQuestion, caller?: AbortSignal): Promise<LiveMoment> {
    const span = { sentMs: null, atMs: question.endMs }
    const held = memory.open()
    const shared = new SharedWork(memory.open())
    const askInstant = (expr: string, atMs: number, signal: AbortSignal) =>
      querier.instant(expr, atMs, { signal, shared, memory: held })
    try {
      const kind = { isReset: true, fromKnown: 0 }
      const writer = new EventWriter(new SeriesNumbers(), timesOf(question, span), kind, held)
      await histories.ask(caller, (signal) =>
        answerLive(question, span, { querier, askInstant, memory }, signal, (query, result) =>
          queryTurns().finish(writer.add(query, result)),
        ),
      )
      const { json } = await queryTurns().finish(writer.end())
      return { id: '', json: Buffer.concat(json).toString() }
    } finally {
      shared.end()
      held.end()
    }
  }

  async function firstPaintOf(question: WindowQuestion): Promise<LiveMoment[]> {
    try {
      return await withDeadline([], FIRST_PAINT_LIMIT_MS, async (signal) => {
        const moment = await answerWindow(question, signal)
        return signal.aborted || moment.json.length > MAX_FIRST_PAINT_BYTES ? [] : [moment]
      })
    } catch (error) {
      if (error instanceof PromqlError) return []
      throw error
    }
  }

  return {
    /** Resolves in turn: those who come together are not answered together, and hold up nobody else. */
    turn: () => new Promise<void>((resolve) => wake({ wake: resolve })),

    /** Until `signal` aborts. Undefined where LIVE_STREAMS are open. */
    open(question: LiveQuestion, lastEventId?: string | null, signal?: AbortSignal): LiveViewer | undefined {
      if (viewers.size >= maxStreams) return undefined
      const { board, leave } = enter(question)
      const onEnd = () => {
        viewers.delete(viewer)
        leave()
      }
      const viewer = new LiveViewer({ board, position: board.positionOf(lastEventId), messages, signal, onEnd })
      viewers.add(viewer)
      if (signal?.aborted) viewer.end()
      if (ending.aborted) letGo(viewer)
      return viewer
    },

    /** One event. Throws PromqlError where it can't be asked at all; a query that fails has its error in the event. */
    window: answerWindow,

    /**
     * What a fresh viewer is told up to the newest tick, for a page that is rendered on the server: nothing before the
     * first tick, and where it is too much or takes too long for a page, or too many pages ask for other things. Of a
     * time that stands still, what `window` answers.
     */
    async history({ endMs, ...question }: LiveQuestion): Promise<LiveMoment[]> {
      if (endMs !== undefined) return firstPaintOf({ ...question, endMs })
      if (newestMs === null || boards.size >= viewers.size + 2 * MAX_IDLE_BOARDS) return []
      const { board, leave } = enter(question)
      const told: LiveMessage[] = []
      let byteCount = 0
      const limit = new AbortController()
      const late = setTimeout(() => limit.abort(), FIRST_PAINT_LIMIT_MS).unref()
      try {
        for await (const message of follow(board, NOTHING_SEEN, messages, limit.signal)) {
          told.push(message)
          byteCount += message.bytes.length
          if (byteCount > MAX_FIRST_PAINT_BYTES) return []
          if (message.atMs >= newestMs) return told.map(readMessage)
        }
        return []
      } finally {
        clearTimeout(late)
        leave()
        // Pages that waited for the same are rendered one after the other, and not in one turn of the event loop.
        await queryTurns().next()
      }
    },

    streams: () => ({ open: viewers.size, limit: maxStreams }),
  }
}
