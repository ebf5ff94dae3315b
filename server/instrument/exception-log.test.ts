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
})
