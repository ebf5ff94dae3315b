import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LiveQuestion, OpenStream } from './live-store'
import { createLiveStores, LINGER_MS, READY_WITHIN_MS } from './live-stores'

const questionOf = (expr: string, endMs?: number): LiveQuestion => ({
  exprs: [expr],
  instantExprs: [],
  rangeMs: 60_000,
  stepMs: 1_000,
  ...(endMs === undefined ? {} : { endMs }),
})
const eventAt = (atMs: number): LiveEvent => ({
  isReset: false,
  timesMs: [atMs],
  named: [{ id: 0, query: 0, labels: {} }],
  values: [{ id: 0, points: [1] }],
  errors: [],
})

function setUp(first?: { question: LiveQuestion; messages: { id: string; event: LiveEvent }[] }) {
  const opened: { expr: string | undefined; lastEventId: string | undefined; on: Parameters<OpenStream>[2] }[] = []
  const open = new Set<string | undefined>()
  const ask = vi.fn(async () => eventAt(9_000))
  const stores = createLiveStores({
    open({ exprs: [expr] }, lastEventId, on) {
      opened.push({ expr, lastEventId, on })
      open.add(expr)
      return () => void open.delete(expr)
    },
    ask,
    staleAfterMs: 5_000,
    first,
  })
  const newest = () => opened.at(-1) ?? expect.fail('nothing was opened')
  return { stores, opened, open, ask, newest }
}

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false
  void promise.then(() => {
    settled = true
  })
  await vi.advanceTimersByTimeAsync(0)
  return settled
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('createLiveStores', () => {
  it('has one board for the same question, and others for others', () => {
    const { stores } = setUp()
    expect(stores.get(questionOf('up'))).toBe(stores.get(questionOf('up')))
    expect(stores.get(questionOf('up'))).not.toBe(stores.get(questionOf('down')))
  })

  it('goes on after what came with the document', () => {
    const { stores, newest } = setUp({ question: questionOf('up'), messages: [{ id: '1000', event: eventAt(1_000) }] })
    const store = stores.get(questionOf('up'))
    expect(store.getBoard()).toMatchObject({ hasHistory: true, newestMs: 1_000 })
    store.subscribe(() => {})
    expect(newest().lastEventId).toBe('1000')
  })

  it('holds the stream of the page that was left for a while, and of that page alone', async () => {
    const { stores, open, opened } = setUp()
    const show = (expr: string) => {
      const store = stores.get(questionOf(expr))
      const unsubscribe = store.subscribe(() => {})
      return () => {
        stores.leave(store)
        unsubscribe()
      }
    }
    show('overview')()
    const leaveErrors = show('errors')
    expect([...open]).toEqual(['overview', 'errors'])
    leaveErrors()
    expect([...open]).toEqual(['errors'])
    const leaveAgain = show('errors')
    expect(opened.map(({ expr }) => expr)).toEqual(['overview', 'errors'])
    leaveAgain()
    await vi.advanceTimersByTimeAsync(LINGER_MS + 1)
    expect([...open]).toEqual([])
  })

  it('goes on where it was with a page that was left long ago', async () => {
    const { stores, newest } = setUp()
    const store = stores.get(questionOf('up'))
    const unsubscribe = store.subscribe(() => {})
    newest().on.message({ id: '2000', event: eventAt(2_000) })
    unsubscribe()
    expect(stores.get(questionOf('up')).getBoard()).toMatchObject({ hasHistory: true, newestMs: 2_000 })
    stores.get(questionOf('up')).subscribe(() => {})
    expect(newest().lastEventId).toBe('2000')
  })

  it('lets nobody wait but for a page that is gone to', () => {
    const { stores } = setUp()
    const store = stores.get(questionOf('up'))
    expect(stores.ready(store)).toBeUndefined()
    stores.setArriving(true)
    expect(stores.ready(store)).toBeInstanceOf(Promise)
    expect(stores.ready(store)).toBe(stores.ready(store))
  })

  it('a page is ready with its first points, and its stream is the one that it then listens to', async () => {
    const { stores, newest, open, opened } = setUp()
    stores.setArriving(true)
    const store = stores.get(questionOf('up'))
    const wait = stores.ready(store) ?? expect.fail('nobody waits')
    expect(await isSettled(wait)).toBe(false)
    newest().on.message({ id: '1000', event: eventAt(1_000) })
    expect(await isSettled(wait)).toBe(true)
    store.subscribe(() => {})
    await vi.advanceTimersByTimeAsync(4_500)
    expect(opened).toHaveLength(1)
    expect([...open]).toEqual(['up'])
    expect(stores.ready(store)).toBeUndefined()
  })

  it.each<[string, (on: Parameters<OpenStream>[2]) => void]>([
    ['the server has as many viewers as it takes', (on) => on.failed(true)],
    [
      'the connection breaks',
      (on) => {
        on.connection('connected')
        on.connection('lost')
      },
    ],
  ])('a page is shown as it is where %s', async (_, happen) => {
    const { stores, newest } = setUp()
    stores.setArriving(true)
    const wait = stores.ready(stores.get(questionOf('up'))) ?? expect.fail('nobody waits')
    happen(newest().on)
    expect(await isSettled(wait)).toBe(true)
  })

  it('a page is shown as it is where nobody answers in time', async () => {
    const { stores, open } = setUp()
    stores.setArriving(true)
    const wait = stores.ready(stores.get(questionOf('up'))) ?? expect.fail('nobody waits')
    await vi.advanceTimersByTimeAsync(READY_WITHIN_MS)
    expect(await isSettled(wait)).toBe(true)
    await vi.advanceTimersByTimeAsync(10_000)
    expect([...open]).toEqual([])
  })

  it('a time that stands still is asked once, and begins with what the stream has told of it', async () => {
    const { stores, newest, ask } = setUp()
    stores.get(questionOf('up')).subscribe(() => {})
    newest().on.message({ id: '9000', event: eventAt(9_000) })
    const window = stores.get(questionOf('up', 9_000))
    expect(window.getBoard()).toMatchObject({ state: 'paused', newestMs: 9_000 })
    window.subscribe(() => {})
    await vi.advanceTimersByTimeAsync(0)
    stores.leave(window)
    expect(ask).toHaveBeenCalledTimes(1)
    expect(stores.get(questionOf('up', 9_000))).toBe(window)
  })
})
