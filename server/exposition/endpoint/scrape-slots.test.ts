import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createScrapeSlots } from './scrape-slots'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const somebody = () => new AbortController().signal

function slotsWith(limit: number, unreadLimit = 1) {
  const inFlight = { inc: vi.fn(), dec: vi.fn(), set: vi.fn() }
  const count = () => inFlight.inc.mock.calls.length - inFlight.dec.mock.calls.length
  return { ...createScrapeSlots(limit, unreadLimit, inFlight), count }
}

test('there are only so many places, and one is free again when its scrape ends', () => {
  const { take, count } = slotsWith(2)
  const first = take(somebody(), 1000)
  expect(take(somebody(), 1000)).toBeDefined()
  expect(take(somebody(), 1000)).toBeUndefined()
  expect(count()).toBe(2)
  first?.end()
  expect(count()).toBe(1)
  expect(take(somebody(), 1000)).toBeDefined()
})

test('a scrape ends once, however often it is told to', () => {
  const { take, count } = slotsWith(2)
  const client = new AbortController()
  take(somebody(), 1000)
  const scrape = take(client.signal, 1000)
  scrape?.end()
  scrape?.end()
  client.abort()
  vi.advanceTimersByTime(5000)
  expect(scrape?.isOverTime()).toBe(false)
  expect(count()).toBe(0)
})

test('a place is for making an answer, not for reading it', () => {
  const { take, count } = slotsWith(1, 2)
  const first = take(somebody(), 1000)
  expect(take(somebody(), 1000)).toBeUndefined()
  first?.handOver()
  first?.handOver()
  expect(take(somebody(), 1000)).toBeDefined()
  expect(take(somebody(), 1000)).toBeUndefined()
  expect(count()).toBe(2)
  vi.advanceTimersByTime(1000)
  expect(first?.signal.aborted).toBe(true)
  expect(first?.isOverTime()).toBe(true)
  expect(count()).toBe(0)
})

test('of too many answers that wait to be read, the one goes that was not read for the longest', () => {
  const { take, count } = slotsWith(4, 2)
  const scrapes = Array.from({ length: 4 }, () => take(somebody(), 1000))
  const [first, second, third, last] = scrapes
  const ended = () => scrapes.map((scrape) => scrape?.signal.aborted)
  first?.handOver()
  second?.handOver()
  first?.handOver()
  third?.handOver()
  expect(ended()).toEqual([false, true, false, false])
  expect(second?.isOverTime()).toBe(false)
  second?.handOver()
  expect(ended()).toEqual([false, true, false, false])
  first?.end()
  last?.handOver()
  expect(ended()).toEqual([true, true, false, false])
  expect(count()).toBe(2)
})

test('a scrape whose time is up ends, and says why', () => {
  const { take, count } = slotsWith(1)
  const scrape = take(somebody(), 1000)
  vi.advanceTimersByTime(999)
  expect(scrape?.signal.aborted).toBe(false)
  vi.advanceTimersByTime(1)
  expect(scrape?.signal.aborted).toBe(true)
  expect(scrape?.isOverTime()).toBe(true)
  expect(count()).toBe(0)
})

test('a scrape whose client leaves ends', () => {
  const { take, count } = slotsWith(1)
  const client = new AbortController()
  const scrape = take(client.signal, 1000)
  client.abort()
  expect(scrape?.signal.aborted).toBe(true)
  expect(scrape?.isOverTime()).toBe(false)
  expect(count()).toBe(0)
})

test('a scrape whose client has left already has ended', () => {
  const { take, count } = slotsWith(1)
  expect(take(AbortSignal.abort(), 1000)?.signal.aborted).toBe(true)
  expect(count()).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
