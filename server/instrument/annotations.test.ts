import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AnnotationRefused, addAnnotation, declareAnnotations, newAnnotations, toAnnotation } from './annotations'
import { yieldingRegistry } from './registry'

const NOW_MS = Date.UTC(2026, 0, 1)

beforeEach(() => void vi.useFakeTimers({ now: NOW_MS }))
afterEach(async () => {
  // What is held is forgotten in time.
  vi.setSystemTime(NOW_MS + 3_600_000)
  declareAnnotations()
  await yieldingRegistry().getMetricsAsJSON()
  vi.useRealTimers()
})

const refusalOf = (input: unknown) => {
  try {
    addAnnotation(input)
  } catch (error) {
    if (error instanceof AnnotationRefused) return { status: error.status, message: error.message }
    throw error
  }
  return undefined
}

describe('a note', () => {
  test('is of now where it says no time, and other fields are ignored', () => {
    expect(addAnnotation({ text: ' v2 is out ', dashboardUID: 'x', timeEnd: 5 })).toMatchObject({
      timeMs: NOW_MS,
      text: 'v2 is out',
      tags: [],
    })
  })

  test.each<[string, unknown, string]>([
    ['no object', 'v2', 'expected a JSON object such as {"text": "v2 is out", "tags": ["deploy"]}, got "v2"'],
    ['no text', {}, 'text: expected a text of 1 to 500 characters, got nothing'],
    ['an empty text', { text: ' ' }, 'text: expected a text of 1 to 500 characters, got " "'],
    ['a long text', { text: 'x'.repeat(501) }, 'text: expected a text of 1 to 500 characters, got "xxx'],
    ['a tag that is no text', { text: 'a', tags: [1] }, 'tags: expected at most 10 tags of 1 to 50 characters, '],
    ['a tag with a comma', { text: 'a', tags: ['a,b'] }, 'tags: expected at most 10 tags of 1 to 50 characters, '],
    [
      'too many tags',
      { text: 'a', tags: Array(11).fill('t') },
      'tags: expected at most 10 tags of 1 to 50 characters, ',
    ],
    [
      'a time in seconds',
      { text: 'a', time: NOW_MS / 1000 },
      'time: expected a time in milliseconds since 1970, got 1',
    ],
    ['a time of the future', { text: 'a', time: NOW_MS + 61_000 }, 'time: expected no time of the future, got 2026-'],
  ])('is refused: %s', (_, input, message) => {
    expect(refusalOf(input)).toMatchObject({ status: 400, message: expect.stringContaining(message) })
  })

  test('is one too many in a minute after 30', () => {
    for (let i = 0; i < 30; i++) addAnnotation({ text: `${i}` })
    expect(refusalOf({ text: 'one more' })).toEqual({
      status: 429,
      message: 'expected at most 30 notes a minute, got one more: try again in 60 s',
    })
    vi.setSystemTime(NOW_MS + 60_000)
    expect(refusalOf({ text: 'one more' })).toBeUndefined()
  })

  test('has an id that no other has', () => {
    const ids = Array.from({ length: 20 }, () => addAnnotation({ text: 'the same' }).id)
    expect(new Set(ids).size).toBe(20)
  })

  test('is among the metrics for five minutes, and is read back from its series', async () => {
    declareAnnotations()
    declareAnnotations()
    const { id } = addAnnotation({ text: 'back', tags: ['a', 'b'], time: NOW_MS - 60_500 })
    const read = async () => {
      const metric = await yieldingRegistry().getSingleMetric('annotation_timestamp_seconds')?.get()
      return metric?.values.find(({ labels }) => labels.id === String(id))
    }
    const labels = { id: String(id), text: 'back', tags: 'a,b' }
    expect(await read()).toEqual({ labels, value: NOW_MS / 1000 - 60.5 })
    expect(toAnnotation(labels, NOW_MS / 1000 - 60.5)).toEqual({
      id,
      timeMs: NOW_MS - 60_500,
      text: 'back',
      tags: ['a', 'b'],
    })
    vi.setSystemTime(NOW_MS + 300_001)
    expect(await read()).toBeUndefined()
    expect(newAnnotations()).toEqual([])
  })
})
