import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Value } from '../promql/value'
import { answerAnnotations } from './annotations'

const held = vi.hoisted(() => ({ asked: [] as string[], answer: { type: 'vector', series: [] } as unknown }))
vi.mock('../trpc/context', () => ({
  processContext: () => ({
    gate: {
      ask: (_: AbortSignal, question: (signal: AbortSignal) => unknown) => question(new AbortController().signal),
    },
    querier: {
      async instant(expr: string) {
        held.asked.push(expr)
        return held.answer
      },
    },
  }),
}))

const NOW_MS = Date.UTC(2026, 0, 1)
const URL = 'http://127.0.0.1:3000/api/annotations'
const JSON_TYPE = { 'content-type': 'application/json' }

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS, toFake: ['Date'] })
  const stored: Value = {
    type: 'vector',
    series: [
      { labels: { id: '7', text: 'stored', tags: 'deploy,api', job: 'hearth' }, value: NOW_MS / 1000 - 600 },
      { labels: { id: 'x', text: 'no note' }, value: 5 },
    ],
  }
  held.answer = stored
})
afterEach(() => {
  vi.useRealTimers()
})

async function ask(query = '', init: RequestInit = {}) {
  const response = await answerAnnotations(new Request(URL + query, init))
  return { status: response.status, body: await response.json() }
}
const post = (body: string, headers: Record<string, string> = JSON_TYPE) => ask('', { method: 'POST', body, headers })

test('a note that was posted is listed beside those that are stored, the newest first', async () => {
  const { status, body } = await post('{"text": "v2 is out", "tags": ["deploy"]}')
  expect({ status, body }).toEqual({ status: 200, body: { id: expect.any(Number), message: 'Annotation added' } })
  const note = { id: body.id, time: NOW_MS, text: 'v2 is out', tags: ['deploy'] }
  const stored = { id: 7, time: NOW_MS - 600_000, text: 'stored', tags: ['deploy', 'api'] }
  expect((await ask()).body).toEqual([note, stored])
  expect(held.asked.at(-1)).toBe('last_over_time(annotation_timestamp_seconds[1h])')
  expect((await ask('?tags=deploy&tags=api')).body).toEqual([stored])
  expect((await ask(`?from=${NOW_MS - 1000}`)).body).toEqual([note])
  expect((await ask(`?to=${NOW_MS - 1000}`)).body).toEqual([stored])
  expect((await ask('?limit=1')).body).toEqual([note])
})

describe('refuses, in words', () => {
  const text = '{"text": "a"}'
  test.each<[string, () => ReturnType<typeof ask>, number, string]>([
    ['what is no JSON', () => post('{'), 400, 'expected JSON: '],
    ['what is no note', () => post('{}'), 400, 'text: expected a text of 1 to 500 characters, got nothing'],
    ['another type', () => post(text, {}), 415, 'expected application/json as the Content-Type, got "text/plain'],
    ['a long body', () => post(text + ' '.repeat(16 * 1024)), 413, 'expected a body of at most 16384 bytes'],
    [
      'a page of another origin',
      () => post(text, { ...JSON_TYPE, origin: 'https://grafana.example', 'sec-fetch-site': 'cross-site' }),
      403,
      'expected a note of a program, or of a page of this origin',
    ],
    ['another method', () => ask('', { method: 'DELETE' }), 405, 'expected GET or POST, got DELETE'],
    ['a limit that is no number', () => ask('?limit=x'), 400, 'limit: expected a whole number, got "x"'],
  ])('%s', async (_, asked, status, message) => {
    expect(await asked()).toEqual({ status, body: { message: expect.stringContaining(message) } })
  })
})
