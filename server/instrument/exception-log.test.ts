import { describe, expect, test } from 'vitest'
import type { ExceptionKind } from './exception-log'
import { createExceptionLog } from './exception-log'

class PaymentDeclined extends Error {}

const named = (name: string) => Object.assign(new Error('generated'), { name })

describe('an exception log', () => {
  test('labels an exception by route, kind and class name', () => {
    const log = createExceptionLog()
    const report = { error: new PaymentDeclined('no funds'), kind: 'route', route: '/orders/[id]' } as const
    expect(log.add(report)).toEqual({ route: '/orders/[id]', kind: 'route', error: 'PaymentDeclined' })
  })

  test('keeps the newest first, without the query of the path', () => {
    const log = createExceptionLog(() => 1_700_000_000_000)
    const report = { kind: 'route', route: '/reset', method: 'GET' } as const
    log.add({ ...report, error: new Error('first'), path: '/reset' })
    log.add({ ...report, error: new Error('second'), path: '/reset?token=secret' })
    log.add({ ...report, error: new Error('third'), path: '/reset#secret' })
    expect(log.recent().map(({ message, path }) => [message, path])).toEqual([
      ['third', '/reset'],
      ['second', '/reset'],
      ['first', '/reset'],
    ])
    expect(log.recent().at(0)).toEqual({
      id: '1700000000000-3',
      atMs: 1_700_000_000_000,
      kind: 'route',
      route: '/reset',
      method: 'GET',
      path: '/reset',
      name: 'Error',
      message: 'third',
      digest: undefined,
      status: undefined,
      traceId: undefined,
    })
  })

  test('keeps 100, each with an id of its own even within one millisecond', () => {
    const log = createExceptionLog(() => 0)
    for (let i = 1; i <= 130; i++) log.add({ error: new Error(`${i}`), kind: 'route', route: '/' })
    expect(log.recent()).toHaveLength(100)
    expect(log.recent().at(0)?.message).toBe('130')
    expect(log.recent().at(-1)?.message).toBe('31')
    expect(new Set(log.recent().map(({ id }) => id)).size).toBe(100)
  })

  test('labels 50 class names and folds the others into one; the kept ones still tell them apart', () => {
    const log = createExceptionLog()
    const label = (error: unknown) => log.add({ error, kind: 'route', route: '/' }).error
    const labels = Array.from({ length: 60 }, (_, i) => label(named(`Generated${i}`)))
    expect(labels.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => `Generated${i}`))
    expect(new Set(labels.slice(50))).toEqual(new Set(['(other)']))
    expect(label(named('Generated7'))).toBe('Generated7')
    expect(log.recent().at(1)?.name).toBe('Generated59')
  })

  test("what it gave isn't changed by what comes later", () => {
    const log = createExceptionLog()
    const before = log.recent()
    log.add({ error: new Error('x'), kind: 'route', route: '/' })
    expect(before).toEqual([])
  })

  test('groups them by class, route and kind, with examples of different messages', () => {
    let atMs = 0
    const log = createExceptionLog(() => ++atMs)
    const messages = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'f']
    for (const message of messages) log.add({ error: new TypeError(message), kind: 'route', route: '/' })
    log.add({ error: new TypeError('a'), kind: 'render', route: '/' })
    expect(log.groups()).toMatchObject([
      { error: 'TypeError', kind: 'render', route: '/', firstMs: 9, lastMs: 9, newest: { message: 'a', atMs: 9 } },
      { error: 'TypeError', kind: 'route', route: '/', firstMs: 1, lastMs: 8, newest: { message: 'f', atMs: 8 } },
    ])
    const examples = (kind: ExceptionKind) =>
      log.examples({ error: 'TypeError', kind, route: '/' }).map(({ message, atMs }) => `${message}${atMs}`)
    expect(examples('route')).toEqual(['f8', 'e6', 'd5', 'c4', 'a3'])
    expect(examples('render')).toEqual(['a9'])
    expect(examples('trpc')).toEqual([])
  })

  test('of 10,000 of one kind forgets no rare one', () => {
    const log = createExceptionLog()
    log.add({ error: new RangeError('rare'), kind: 'route', route: '/rare' })
    for (let i = 0; i < 10_000; i++) log.add({ error: new TypeError(`${i}`), kind: 'route', route: '/busy' })
    expect(log.groups().map(({ route }) => route)).toEqual(['/busy', '/rare'])
  })

  test('keeps 200 groups, and forgets the most frequent first', () => {
    const log = createExceptionLog()
    const add = (route: string) => log.add({ error: new Error('x'), kind: 'route', route })
    for (let i = 0; i < 3; i++) add('/busy')
    for (let i = 0; i < 200; i++) add(`/${i}`)
    const routes = log.groups().map(({ route }) => route)
    expect(routes).toHaveLength(200)
    expect(routes).not.toContain('/busy')
    add('/busy')
    expect(log.groups()).toHaveLength(200)
    expect(log.groups()[0]?.route).toBe('/busy')
  })

  test('knows the trace of a request, and its status as soon as that is there', () => {
    const log = createExceptionLog()
    const labels = { kind: 'route', route: '/', error: 'Error' } as const
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    const [first, second] = [{ traceparent, cookie: 'secret' }, { traceparent: 'none' }]
    log.add({ error: new Error('a'), kind: 'route', route: '/', headers: first })
    log.add({ error: new Error('b'), kind: 'route', route: '/', headers: second })
    log.add({ error: new Error('c'), kind: 'trpc', route: '/', status: 503 })
    log.answered(second, 502)
    log.answered({}, 200)
    const told = () => log.examples(labels).map(({ message, status, traceId }) => [message, status, traceId])
    expect(told()).toEqual([
      ['b', 502, undefined],
      ['a', undefined, '4bf92f3577b34da6a3ce929d0e0e4736'],
    ])
    log.answered(first, 500)
    expect(told()[1]?.[1]).toBe(500)
    expect(log.recent().map(({ status }) => status)).toEqual([503, 502, 500])
    expect(JSON.stringify(log.recent())).not.toContain('secret')
  })

  test('waits for the status of 100 requests', () => {
    const log = createExceptionLog()
    const headers = Array.from({ length: 101 }, () => ({}))
    for (const one of headers) log.add({ error: new Error('x'), kind: 'route', route: '/', headers: one })
    for (const one of headers) log.answered(one, 500)
    expect(log.recent().map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 500))
  })

  test('keeps a stack with each example, made once a second for equal messages, and in no list', () => {
    let atMs = 0
    const log = createExceptionLog(() => atMs)
    let made = 0
    const thrown = (message: string) =>
      Object.defineProperty(new Error(message), 'stack', { get: () => `Error: x\n    at made${++made} (a.js:1:2)` })
    const add = (message: string) => log.add({ error: thrown(message), kind: 'route', route: '/' })
    for (const [ms, message] of [
      [0, 'a'],
      [999, 'a'],
      [999, 'b'],
      [1999, 'b'],
    ] as const) {
      atMs = ms
      add(message)
    }
    const examples = log.examples({ kind: 'route', route: '/', error: 'Error' })
    expect(examples.map(({ message, stack }) => [message, stack])).toEqual([
      ['b', ['at made3 (a.js:1:2)']],
      ['a', ['at made1 (a.js:1:2)']],
    ])
    expect(JSON.stringify([log.recent(), log.groups()])).not.toContain('made')
  })

  test('without details keeps no message, stack or requested path, and counts all the same', () => {
    const log = createExceptionLog(() => 0, false)
    const report = {
      error: new TypeError('no order 7 of ann@example.com'),
      kind: 'route',
      route: '/orders/[id]',
    } as const
    expect(log.add({ ...report, path: '/orders/7' })).toMatchObject({ error: 'TypeError' })
    const kept = JSON.stringify([log.recent(), log.groups(), log.examples({ ...report, error: 'TypeError' })])
    for (const detail of ['ann@', '/orders/7', '.test.ts']) expect(kept).not.toContain(detail)
    expect(log.recent()[0]).toMatchObject({ name: 'TypeError', isHidden: true, message: '' })
  })
})
