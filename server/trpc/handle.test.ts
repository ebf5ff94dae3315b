// tRPC's door: results are written in slices, and what is too much is refused in words.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Snapshot } from '../exposition/snapshot'
import { MemoryPool } from '../memory-pool'
import type { ExplainedNode } from '../promql/explained'
import { PromqlError } from '../promql/promql-error'
import type { Matrix } from '../promql/value'
import { createGate } from '../query/gate'
import type { Querier } from '../query/querier'
import { QuerierError } from '../query/querier-error'
import { handleTrpc } from './handle'

const held = vi.hoisted(() => ({ context: {}, memory: { open: () => ({}) } }) as { context: object; memory: unknown })
vi.mock('./context', () => ({ processContext: () => held.context }))
vi.mock('../query/process-gate', () => ({ processMemory: () => held.memory }))

const samples = Array.from({ length: 20_000 }, (_, i) => ({ name: 'a', labels: { i: String(i) }, value: i }))
const snapshot: Snapshot = {
  takenAtMs: 1,
  families: [{ name: 'a', type: 'gauge', help: '', unit: '', samples: [{ name: 'a', labels: {}, value: Number.NaN }] }],
}
const large: Snapshot = { ...snapshot, families: [{ name: 'a', type: 'gauge', help: '', unit: '', samples }] }
const matrix: Matrix = {
  type: 'matrix',
  series: [
    {
      labels: { a: '"' },
      points: [
        [1000, Infinity],
        [2000, 2],
      ],
    },
  ],
}
const range = { expr: 'up', startMs: 0, endMs: 1000, stepMs: 1000 }

let memory: MemoryPool
beforeEach(() => {
  memory = new MemoryPool(16 * 1024 ** 2)
  held.memory = memory
  set({})
})

function set({ newest = snapshot, answer = async () => matrix }: { newest?: Snapshot; answer?: Querier['range'] }) {
  held.context = {
    gate: createGate({ slots: 1, maxWaiting: 1, timeoutMs: 50 }),
    querier: { range: answer },
    scrape: { newestSnapshot: () => newest },
  }
}

function ask(path: string, ...inputs: unknown[]): Promise<Response> {
  const input = inputs.length === 1 ? inputs[0] : { ...inputs }
  const batch = inputs.length === 1 ? '' : 'batch=1&'
  const url = `http://localhost/api/trpc/${path}?${batch}input=${encodeURIComponent(JSON.stringify(input))}`
  return handleTrpc(new Request(url))
}

describe('an explained expression', () => {
  it('has its numbers as all others have them, and null where there is none', async () => {
    const shown = [{ labels: { a: 'b' }, values: Float64Array.of(NaN, 7), present: Uint8Array.of(1, 0) }]
    const place = { text: 'up', from: 0, to: 2, steps: 'query' } as const
    const root = { kind: 'vectorSelector', type: 'vector', ...place, children: [] } satisfies ExplainedNode
    const explained = { root: { ...root, described: { series: 1, labels: [], shown } }, remarks: ['odd'] }
    const explain: Querier['explain'] = async () => ({ ...explained, stepTimesMs: Float64Array.of(1, 2) })
    held.context = { gate: createGate({ slots: 1, maxWaiting: 1, timeoutMs: 50 }), querier: { explain } }
    const response = await ask('metrics.explain', range)
    const told = { series: 1, labels: [], shown: [{ labels: { a: 'b' }, values: ['NaN', null] }] }
    const { result } = await response.json()
    expect(result.data).toEqual({ root: { ...root, described: told }, stepTimesMs: [1, 2], remarks: ['odd'] })
  })
})

describe('a result', () => {
  it('stands where tRPC would have written it, with all that JSON has no number for', async () => {
    const response = await ask('metrics.range', range)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({
      result: {
        data: {
          series: [
            {
              labels: { a: '"' },
              points: [
                [1000, '+Inf'],
                [2000, 2],
              ],
            },
          ],
        },
      },
    })
  })

  it('stands in its place in a batch, beside what failed', async () => {
    const response = await ask('metrics.snapshot,metrics.range,metrics.none', {}, { ...range, stepMs: 0 }, {})
    expect(response.status).toBe(207)
    const [first, second, third] = await response.json()
    expect(first.result.data).toMatchObject({ takenAtMs: 1, families: [{ samples: [{ value: 'NaN' }] }] })
    expect([second.error.data.code, third.error.data.code]).toEqual(['BAD_REQUEST', 'NOT_FOUND'])
  })

  it('that is large comes in pieces, and its memory is held until it was read', async () => {
    set({ newest: large })
    const response = await ask('metrics.snapshot', {})
    expect(memory.heldBytes).toBeGreaterThan(1_000_000)
    const { result } = await response.json()
    expect(result.data.families[0].samples).toHaveLength(20_000)
    expect(memory.heldBytes).toBe(0)
  })
})

const refusals: [why: string, answer: Querier['range'], status: number, code: string][] = [
  ['a wrong expression', refusing(new PromqlError('parse error', 0, 0, 'parse')), 400, 'BAD_REQUEST'],
  ['what can not be evaluated', refusing(new PromqlError('too much', 0, 0)), 422, 'UNPROCESSABLE_CONTENT'],
  ['an engine that fails', refusing(new QuerierError('no answer')), 502, 'BAD_GATEWAY'],
  ['a question past its time', untilAborted, 408, 'TIMEOUT'],
]

it.each(refusals)('%s is refused', async (_, answer, status, code) => {
  set({ answer })
  const response = await ask('metrics.range', range)
  expect(response.status).toBe(status)
  expect((await response.json()).error).toMatchObject({ message: expect.stringMatching(/\w/), data: { code } })
  expect(memory.heldBytes).toBe(0)
})

it('more than may wait is refused', async () => {
  set({ answer: untilAborted })
  const responses = await Promise.all([1, 2, 3].map(() => ask('metrics.range', range)))
  expect(responses.map(({ status }) => status)).toEqual([408, 408, 503])
  const message = 'expected at most 1 queries in the query queue, got one more: try again later'
  expect(await responses[2]?.text()).toContain(message)
})

it('a snapshot that is larger than the memory of questions is refused', async () => {
  held.memory = new MemoryPool(1024 ** 2)
  set({ newest: large })
  const response = await ask('metrics.snapshot', {})
  expect(response.status).toBe(422)
  expect((await response.json()).error.message).toContain('which is half of QUERY_MEMORY')
})

it('a client that wants lines of JSON is told what to use', async () => {
  const headers = { 'trpc-accept': 'application/jsonl' }
  const response = await handleTrpc(
    new Request('http://localhost/api/trpc/metrics.status?batch=1&input={}', { headers }),
  )
  expect(await response.text()).toContain('httpBatchLink')
})

function refusing(error: Error): Querier['range'] {
  return () => Promise.reject(error)
}

function untilAborted(...[, , { signal } = {}]: Parameters<Querier['range']>): Promise<Matrix> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new PromqlError('query timed out', 0, 0, 'timeout')))
  })
}

describe('a snapshot of another target', () => {
  const names = [
    { job: 'hearth', instance: 'app:3000' },
    { job: 'shop', instance: 'shop:80' },
    { job: 'boxes', instance: 'shop:80' },
  ]
  const nameOf = (target = names[0]) => `${target?.job} at ${target?.instance}`
  const newest = (target?: { job: string; instance: string }): Snapshot => ({
    takenAtMs: 1,
    families: [{ name: nameOf(target), type: 'gauge', help: '', unit: '', samples: [] }],
  })

  beforeEach(() => {
    held.context = { ...held.context, scrape: { newestSnapshot: newest, targets: () => names } }
  })

  it.each([
    ['is of this process where nothing is named', {}, 'hearth at app:3000'],
    ['is found by job and instance', { job: 'boxes', instance: 'shop:80' }, 'boxes at shop:80'],
    ['is found by an instance that no other has', { instance: 'app:3000' }, 'hearth at app:3000'],
    ['is found by a job that no other has', { job: 'shop' }, 'shop at shop:80'],
  ])('%s', async (_, input, expected) => {
    const { result } = await (await ask('metrics.snapshot', input)).json()
    expect(result.data.families).toMatchObject([{ name: expected }])
  })

  it('is not there where there is no such target', async () => {
    expect(await (await ask('metrics.snapshot', { job: 'hearth', instance: 'shop:80' })).json()).toEqual({
      result: { data: null },
    })
  })

  it('is asked back for where two have that instance', async () => {
    const response = await ask('metrics.snapshot', { instance: 'shop:80' })
    expect(response.status).toBe(400)
    expect((await response.json()).error.message).toBe(
      'Expected the job and the instance of one target, got what 2 have: shop at shop:80, boxes at shop:80.',
    )
  })
})
