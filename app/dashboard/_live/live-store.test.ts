import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LiveQuestion, OpenStream } from './live-store'
import { createLiveStore } from './live-store'

const question: LiveQuestion = { exprs: ['up'], instantExprs: ['sum(up)'], rangeMs: 60_000, stepMs: 1_000 }
const eventAt = (atMs: number, value = 1): LiveEvent => ({
  isReset: false,
  timesMs: [atMs],
  named: [{ id: 0, query: 0, labels: { job: 'a' } }],
  values: [{ id: 0, points: [value] }],
  errors: [{ query: 1, message: 'no such metric' }],
})

/** A stream that the test speaks through. */
function fakeStream() {
  const opened: { lastEventId: string | undefined; on: Parameters<OpenStream>[2]; isClosed: boolean }[] = []
  const open: OpenStream = (_, lastEventId, on) => {
    const stream = { lastEventId, on, isClosed: false }
    opened.push(stream)
    return () => {
      stream.isClosed = true
    }
  }
  return { open, opened, newest: () => opened.at(-1) ?? expect.fail('nothing was opened') }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('createLiveStore', () => {
  it('opens a stream for the first listener and closes it with the last', () => {
    const { open, opened, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    expect(opened).toHaveLength(0)
    const leave = [store.subscribe(() => {}), store.subscribe(() => {})]
    expect(opened).toHaveLength(1)
    for (const unsubscribe of leave) unsubscribe()
    expect(newest().isClosed).toBe(true)
  })

  it('goes from connecting to live, and finds series and errors by their expression', () => {
    const { open, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    store.subscribe(() => {})
    expect(store.getBoard()).toMatchObject({ state: 'connecting', hasHistory: false, newestMs: null })
    newest().on.connection('connected')
    expect(store.getBoard().state).toBe('connecting')
    newest().on.message({ id: '1000', event: eventAt(1_000, 7) })
    const board = store.getBoard()
    expect(board).toMatchObject({ state: 'live', hasHistory: true, newestMs: 1_000 })
    expect(board.series('up').map(({ values }) => values)).toEqual([[7]])
    expect(board.error('sum(up)')?.message).toBe('no such metric')
    expect(board.series('something else')).toEqual([])
  })

  it('shows the history that came with the page before any stream, and resumes after it', () => {
    const { open, newest } = fakeStream()
    const store = createLiveStore(open, question, [{ id: '1000', event: eventAt(1_000) }], 5_000)
    expect(store.getBoard()).toMatchObject({ state: 'connecting', hasHistory: true, newestMs: 1_000 })
    store.subscribe(() => {})
    expect(newest().lastEventId).toBe('1000')
  })

  it('says reconnecting while the connection is lost, keeps its points, and is live again with the next one', () => {
    const { open, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    store.subscribe(() => {})
    newest().on.message({ id: '1000', event: eventAt(1_000) })
    newest().on.connection('lost')
    expect(store.getBoard()).toMatchObject({ state: 'reconnecting', newestMs: 1_000 })
    newest().on.message({ id: '2000', event: eventAt(2_000) })
    expect(store.getBoard()).toMatchObject({ state: 'live', timesMs: [1_000, 2_000] })
  })

  it('having been live, it reconnects even where the connection breaks before its first point', () => {
    const { open, newest } = fakeStream()
    const store = createLiveStore(open, question, [{ id: '1000', event: eventAt(1_000) }], 5_000)
    store.subscribe(() => {})
    newest().on.connection('connected')
    expect(store.getBoard().state).toBe('live')
    newest().on.connection('lost')
    expect(store.getBoard().state).toBe('reconnecting')
    vi.advanceTimersByTime(60_000)
    expect(store.getBoard().state).toBe('reconnecting')
  })

  it('says stale when points stop coming on an open connection', () => {
    const { open, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    const listener = vi.fn()
    store.subscribe(listener)
    newest().on.message({ id: '1000', event: eventAt(1_000) })
    vi.advanceTimersByTime(4_999)
    expect(store.getBoard().state).toBe('live')
    listener.mockClear()
    vi.advanceTimersByTime(1)
    expect(store.getBoard().state).toBe('stale')
    expect(listener).toHaveBeenCalledOnce()
  })

  it('opens the stream anew after it failed, from the last event on', () => {
    const { open, opened, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 50_000)
    store.subscribe(() => {})
    newest().on.message({ id: '1000', event: eventAt(1_000) })
    newest().on.failed()
    expect(store.getBoard().state).toBe('reconnecting')
    expect(opened).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    expect(opened).toHaveLength(2)
    expect(newest().lastEventId).toBe('1000')
  })

  it('says full where it was refused because of too many viewers, and asks again after a while until it is taken', () => {
    const { open, opened, newest } = fakeStream()
    const store = createLiveStore(open, question, [{ id: '1000', event: eventAt(1_000) }], 5_000)
    store.subscribe(() => {})
    newest().on.failed(true)
    expect(store.getBoard()).toMatchObject({ state: 'full', newestMs: 1_000 })
    vi.advanceTimersByTime(9_999)
    expect(opened).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(opened).toHaveLength(2)
    expect(newest().lastEventId).toBe('1000')
    expect(store.getBoard().state).toBe('full')
    newest().on.connection('connected')
    expect(store.getBoard().state).toBe('live')
  })

  it('shows what came with the page in several events', () => {
    const initial = [1_000, 2_000].map((atMs) => ({ id: String(atMs), event: eventAt(atMs, atMs) }))
    const store = createLiveStore(fakeStream().open, question, initial, 5_000)
    expect(
      store
        .getBoard()
        .series('up')
        .map(({ values }) => values),
    ).toEqual([[1_000, 2_000]])
  })

  it('closes the stream when nobody listens any more, and resumes after the last event', () => {
    const { open, opened, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    const leave = store.subscribe(() => {})
    newest().on.message({ id: '1000', event: eventAt(1_000) })
    leave()
    expect(newest().isClosed).toBe(true)
    vi.advanceTimersByTime(60_000)
    store.subscribe(() => {})
    expect(opened).toHaveLength(2)
    expect(newest().lastEventId).toBe('1000')
    expect(store.getBoard().state).toBe('connecting')
    newest().on.connection('connected')
    expect(store.getBoard().state).toBe('live')
  })

  it('says reconnecting when somebody listens again and nobody answers', () => {
    const { open, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    const leave = store.subscribe(() => {})
    newest().on.message({ id: '1000', event: eventAt(1_000) })
    leave()
    store.subscribe(() => {})
    newest().on.failed()
    expect(store.getBoard().state).toBe('reconnecting')
  })

  it('closes the stream while the page is hidden, and goes on after the last event when it is shown again', () => {
    const { open, opened, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    store.subscribe(() => {})
    newest().on.message({ id: '1000', event: eventAt(1_000) })
    store.setHidden(true)
    expect(newest().isClosed).toBe(true)
    vi.advanceTimersByTime(20_000)
    expect(opened).toHaveLength(1)
    store.setHidden(false)
    expect(newest().lastEventId).toBe('1000')
    newest().on.connection('connected')
    expect(store.getBoard().state).toBe('live')
  })

  it('looks now and then what is new while the page is hidden, and says where nobody answers', () => {
    const { open, opened, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    store.setHidden(true)
    store.subscribe(() => {})
    newest().on.message({ id: '1000', event: eventAt(1_000, 7) })
    vi.advanceTimersByTime(2_000)
    expect(newest().isClosed).toBe(true)
    expect(store.getBoard().state).toBe('live')

    vi.advanceTimersByTime(30_000)
    expect(opened).toHaveLength(2)
    expect(newest().lastEventId).toBe('1000')
    vi.advanceTimersByTime(6_000)
    expect(newest().isClosed).toBe(true)
    expect(store.getBoard().state).toBe('stale')

    vi.advanceTimersByTime(30_000)
    newest().on.failed()
    expect(store.getBoard().state).toBe('reconnecting')
    store.setHidden(false)
    expect(opened).toHaveLength(4)
    expect(newest().isClosed).toBe(false)
  })

  it('knows all that it was told as one event', () => {
    const { open, newest } = fakeStream()
    const store = createLiveStore(open, question, [], 5_000)
    store.subscribe(() => {})
    expect(newest().on.history()).toBeUndefined()
    newest().on.message({ id: '1000', event: eventAt(1_000, 7) })
    expect(newest().on.history()).toEqual({ ...eventAt(1_000, 7), isReset: true })
  })
})
