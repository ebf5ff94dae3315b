import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LiveQuestion, OpenStream } from './live-store'
import { createLiveStore } from './live-store'
import type { SharedMessage } from './shared-stream'
import { JOIN_MS, MOST_STREAMS, SILENCE_MS, shareStream } from './shared-stream'

const POLL_MS = 3_000
const STEP_MS = 1_000
const questionOf = (expr: string): LiveQuestion => ({
  exprs: [expr],
  instantExprs: [],
  rangeMs: 60_000,
  stepMs: STEP_MS,
})

/** A server whose newest instant is `newestMs`: it tells what is missing at once, and all tabs whatever comes. */
function invent() {
  let newestMs = 5_000
  const streams = new Set<{ expr: string; seenMs: number; on: Parameters<OpenStream>[2] }>()
  const ears = new Set<(message: SharedMessage) => void>()
  const opened: string[] = []
  let mostOpen = 0

  const eventAfter = (seenMs: number): LiveEvent => {
    const timesMs: number[] = []
    for (let tMs = seenMs + STEP_MS; tMs <= newestMs; tMs += STEP_MS) timesMs.push(tMs)
    const named = [{ id: 0, query: 0, labels: { job: 'a' } }]
    return { isReset: seenMs === 0, timesMs, named, values: [{ id: 0, points: timesMs }], errors: [] }
  }
  const tell = (stream: { seenMs: number; on: Parameters<OpenStream>[2] }) => {
    if (stream.seenMs === newestMs) return
    const event = eventAfter(stream.seenMs)
    stream.seenMs = newestMs
    stream.on.message({ id: String(newestMs), event })
  }
  const open: OpenStream = (question, lastEventId, on) => {
    const expr = question.exprs[0] ?? ''
    const stream = { expr, seenMs: Number(lastEventId ?? 0), on }
    streams.add(stream)
    opened.push(expr)
    mostOpen = Math.max(mostOpen, streams.size)
    setTimeout(() => {
      if (!streams.has(stream)) return
      on.connection('connected')
      tell(stream)
    }, 1)
    return () => void streams.delete(stream)
  }

  return {
    opened,
    mostOpen: () => mostOpen,
    streams: () => [...streams].map(({ expr }) => expr),
    stream: () => [...streams][0] ?? expect.fail('no stream is open'),
    /** The next instants, one after the other. */
    tick(count = 1) {
      for (; count > 0; count--) {
        newestMs += STEP_MS
        for (const stream of streams) tell(stream)
        vi.advanceTimersByTime(STEP_MS)
      }
    },
    newestMs: () => newestMs,
    tab(expr = 'up') {
      let isFrozen = false
      const openShared = shareStream({
        open,
        place: '/api/trpc',
        pollMs: POLL_MS,
        openChannel(onMessage) {
          const ear = (message: SharedMessage) => isFrozen || onMessage(message)
          ears.add(ear)
          return {
            post: (message) => {
              if (!isFrozen) for (const other of [...ears]) if (other !== ear) other(structuredClone(message))
            },
            close: () => void ears.delete(ear),
          }
        },
      })
      const store = createLiveStore(openShared, questionOf(expr), [], 60_000)
      const leave = store.subscribe(() => {})
      return {
        store,
        leave,
        times: () => [...store.getBoard().timesMs],
        values: () => store.getBoard().series(expr)[0]?.values,
        /** It neither hears nor says anything any more, and its connection is gone. */
        crash() {
          isFrozen = true
          streams.clear()
        },
      }
    },
  }
}

const upTo = (newestMs: number) => Array.from({ length: newestMs / STEP_MS }, (_, i) => (i + 1) * STEP_MS)
/** Members are named by the time at which they come. */
const settle = () => vi.advanceTimersByTime(JOIN_MS + 10)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('shareStream', () => {
  it('opens one stream for ten tabs that ask the same, and all of them have everything', () => {
    const server = invent()
    const tabs = Array.from({ length: 10 }, () => {
      const tab = server.tab()
      settle()
      return tab
    })
    server.tick(3)
    expect(server.opened).toEqual(['up'])
    for (const tab of tabs) {
      expect(tab.times()).toEqual(upTo(server.newestMs()))
      expect(tab.values()).toEqual(upTo(server.newestMs()))
      expect(tab.store.getBoard().state).toBe('live')
    }
  })

  it('agrees on one stream where tabs open at the same time', () => {
    const server = invent()
    const tabs = Array.from({ length: 5 }, () => server.tab())
    settle()
    server.tick(2)
    expect(server.streams()).toEqual(['up'])
    for (const tab of tabs) expect(tab.times()).toEqual(upTo(server.newestMs()))
  })

  it('goes on without a gap when the leader leaves', () => {
    const server = invent()
    const first = server.tab()
    settle()
    const others = [server.tab(), server.tab()]
    settle()
    server.tick(2)
    first.leave()
    expect(server.streams()).toEqual([])
    server.tick(2)
    expect(server.streams()).toEqual(['up'])
    for (const tab of others) expect(tab.times()).toEqual(upTo(server.newestMs()))
  })

  it('goes on without a gap when the leader says nothing any more, and a late one gives way', () => {
    const server = invent()
    const first = server.tab()
    settle()
    const other = server.tab()
    settle()
    first.crash()
    vi.advanceTimersByTime(SILENCE_MS)
    server.tick(2)
    expect(server.opened).toEqual(['up', 'up'])
    expect(other.times()).toEqual(upTo(server.newestMs()))
  })

  it('tells the others how the connection is', () => {
    const server = invent()
    server.tab()
    settle()
    const other = server.tab()
    settle()
    expect(other.store.getBoard().state).toBe('live')
    server.stream().on.connection('lost')
    expect(other.store.getBoard().state).toBe('reconnecting')
    server.stream().on.connection('connected')
    expect(other.store.getBoard().state).toBe('live')
  })

  it('keeps the questions of a browser apart, and asks now and then what no stream is left for', () => {
    const server = invent()
    const exprs = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const tabs = exprs.map((expr) => {
      const tab = server.tab(expr)
      settle()
      return tab
    })
    for (let round = 0; round < 10; round++) {
      server.tick()
      expect(server.mostOpen()).toBeLessThanOrEqual(MOST_STREAMS + 1)
    }
    expect(server.streams()).toEqual(exprs.slice(0, MOST_STREAMS))
    for (const [i, tab] of tabs.entries()) {
      expect(tab.values()).toEqual(tab.times())
      const behindMs = server.newestMs() - (tab.times().at(-1) ?? 0)
      expect(behindMs).toBeLessThanOrEqual(i < MOST_STREAMS ? 0 : POLL_MS)
      expect(tab.store.getBoard().everyMs).toBe(i < MOST_STREAMS ? undefined : POLL_MS)
    }
    tabs[0]?.leave()
    server.tick(10)
    expect(server.streams()).toHaveLength(MOST_STREAMS)
    expect(server.streams()).not.toContain('a')
  })

  it('a tab that was hidden catches up from the leader, without a stream of its own', () => {
    const server = invent()
    server.tab()
    settle()
    const other = server.tab()
    settle()
    other.store.setHidden(true)
    server.tick(5)
    expect(other.times()).toEqual(upTo(server.newestMs() - 5 * STEP_MS))
    other.store.setHidden(false)
    expect(other.times()).toEqual(upTo(server.newestMs()))
    expect(server.opened).toEqual(['up'])
  })
})
