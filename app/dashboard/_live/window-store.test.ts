import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '@/server/trpc/live-event'
import { applyEvent, NO_POINTS } from './live-points'
import type { LiveQuestion } from './live-store'
import { createWindowStore } from './window-store'

const question: LiveQuestion = { exprs: ['up'], instantExprs: [], rangeMs: 60_000, stepMs: 1_000, endMs: 9_500 }
const answer = (value: number): LiveEvent => ({
  isReset: true,
  timesMs: [9_000, 9_500],
  named: [{ id: 0, query: 0, labels: {} }],
  values: [{ id: 0, points: [1, value] }],
  errors: [],
})
const first = (isWhole: boolean) => ({ points: applyEvent(NO_POINTS, answer(2), 60_000, 1_000), isWhole })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('createWindowStore', () => {
  it('asks once, for the first listener, and is paused with the answer', async () => {
    const ask = vi.fn(async () => answer(7))
    const store = createWindowStore(ask, question)
    expect(ask).not.toHaveBeenCalled()
    expect(store.getBoard()).toMatchObject({ state: 'connecting', hasHistory: false })
    const leave = store.subscribe(() => {})
    store.subscribe(() => {})
    await vi.advanceTimersByTimeAsync(60_000)
    leave()
    store.subscribe(() => {})
    expect(ask).toHaveBeenCalledTimes(1)
    expect(store.getBoard()).toMatchObject({ state: 'paused', hasHistory: true, newestMs: 9_500 })
    expect(store.getBoard().series('up')[0]?.values).toEqual([1, 7])
  })

  it('asks for nothing where the answer came with the page', async () => {
    const ask = vi.fn(async () => answer(7))
    const store = createWindowStore(ask, question, first(true))
    store.subscribe(() => {})
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ask).not.toHaveBeenCalled()
    expect(store.getBoard()).toMatchObject({ state: 'paused', hasHistory: true })
  })

  it('shows what a stream has told until the answer comes, and for good where none comes', async () => {
    const ask = vi.fn<() => Promise<LiveEvent>>().mockRejectedValueOnce(new Error()).mockResolvedValue(answer(7))
    const store = createWindowStore(ask, question, first(false))
    store.subscribe(() => {})
    await vi.advanceTimersByTimeAsync(1_000)
    expect(store.getBoard()).toMatchObject({ state: 'paused' })
    expect(store.getBoard().series('up')[0]?.values).toEqual([1, 2])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(store.getBoard().series('up')[0]?.values).toEqual([1, 7])
  })

  it('says that it has no connection, and asks again', async () => {
    const ask = vi.fn<() => Promise<LiveEvent>>().mockRejectedValueOnce(new Error()).mockResolvedValue(answer(7))
    const store = createWindowStore(ask, question)
    store.subscribe(() => {})
    await vi.advanceTimersByTimeAsync(0)
    expect(store.getBoard()).toMatchObject({ state: 'reconnecting', hasHistory: false })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(store.getBoard()).toMatchObject({ state: 'paused', hasHistory: true })
  })

  it('gives the question up with its last listener', async () => {
    let given: AbortSignal | undefined
    const store = createWindowStore((_, signal) => {
      given = signal
      return new Promise(() => {})
    }, question)
    store.subscribe(() => {})()
    expect(given?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
