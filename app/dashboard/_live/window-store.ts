// The board of a time that stands still, without React: asked once, and again only where there was no answer.
import type { LiveEvent } from '@/server/trpc/live-event'
import { toBoard } from './live-board'
import type { LivePoints } from './live-points'
import { applyEvent, NO_POINTS } from './live-points'
import type { BoardStore, LiveQuestion } from './live-store'

const RETRY_MS = 5_000

/** Answers a question that has an end. Rejects where nobody answers. */
export type AskWindow = (question: LiveQuestion, signal: AbortSignal) => Promise<LiveEvent>

/** What is there without asking. `isWhole` is false for what a stream has told, which is shown until the answer comes. */
export type FirstPoints = { points: LivePoints; isWhole: boolean }

export function createWindowStore(ask: AskWindow, question: LiveQuestion, first?: FirstPoints): BoardStore {
  const listeners = new Set<() => void>()
  let points = first?.points ?? NO_POINTS
  let isWhole = first?.isWhole === true
  let hasFailed = false
  let asking: AbortController | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let board = makeBoard()

  function makeBoard() {
    const hasPoints = points.timesMs.length > 0
    return toBoard(points, question, hasPoints ? 'paused' : hasFailed ? 'reconnecting' : 'connecting')
  }

  function changed(): void {
    board = makeBoard()
    for (const listener of listeners) listener()
  }

  async function begin(): Promise<void> {
    if (isWhole || asking !== undefined || listeners.size === 0) return
    const mine = new AbortController()
    asking = mine
    try {
      const event = await ask(question, mine.signal)
      if (mine.signal.aborted) return
      points = applyEvent(NO_POINTS, event, question.rangeMs, question.stepMs)
      isWhole = true
    } catch {
      if (mine.signal.aborted) return
      hasFailed = true
      retry = setTimeout(() => void begin(), RETRY_MS)
    }
    asking = undefined
    changed()
  }

  return {
    getBoard: () => board,
    getPoints: () => points,
    subscribe(listener) {
      listeners.add(listener)
      void begin()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        asking?.abort()
        asking = undefined
        clearTimeout(retry)
      }
    },
  }
}
