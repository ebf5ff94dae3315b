import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { describeError, stackOf } from './describe-error'

class PaymentDeclined extends Error {}
class Renamed extends Error {
  override name = 'ShippingFailed'
}

const circular: Record<string, unknown> = {}
circular.self = circular

describe('describeError', () => {
  test.each<[sentence: string, thrown: unknown, name: string, message: string]>([
    ['an Error is known by its name', new RangeError('too far'), 'RangeError', 'too far'],
    ['a subclass without a name of its own is known by its class', new PaymentDeclined('no'), 'PaymentDeclined', 'no'],
    ['a name of its own wins over the class', new Renamed('lost'), 'ShippingFailed', 'lost'],
    ['an Error of another realm counts as one', runInNewContext('new TypeError("far")'), 'TypeError', 'far'],
    ['an object with a message counts as one', { name: 'Legacy', message: 'old' }, 'Legacy', 'old'],
    ['a plain object with a message is named after its class', { message: 'bare' }, 'Object', 'bare'],
    ['a name that is no identifier is dropped', Object.assign(new Error('x'), { name: 'a b\n{}' }), 'Error', 'x'],
    ['a name longer than 64 is dropped', Object.assign(new Error('x'), { name: 'A'.repeat(65) }), 'Error', 'x'],
    ['an error without a prototype', Object.assign(Object.create(null), { message: 'odd' }), 'Error', 'odd'],
    ['a string', 'just text', '(non-error)', 'just text'],
    ['a number', 42, '(non-error)', '42'],
    ['undefined', undefined, '(non-error)', 'undefined'],
    ['null', null, '(non-error)', 'null'],
    ['a symbol', Symbol('s'), '(non-error)', 'Symbol(s)'],
    ['an object', { code: 7 }, '(non-error)', '{"code":7}'],
    ['an object that JSON cannot say', circular, '(non-error)', '[object Object]'],
  ])('%s', (_, thrown, name, message) => {
    expect(describeError(thrown)).toEqual({ name, message, digest: undefined })
  })

  test('a long message is cut at 500 characters and says so', () => {
    const { message } = describeError(new Error('m'.repeat(10_000)))
    expect(message).toHaveLength(500)
    expect(message.endsWith('…')).toBe(true)
  })

  test("Next's digest is kept", () => {
    expect(describeError(Object.assign(new Error('x'), { digest: '1234@E5' })).digest).toBe('1234@E5')
  })
})

const framesOf = (...frames: string[]) =>
  stackOf(
    Object.assign(new Error('x'), { stack: ['Error: at home', ...frames].map((line) => `    ${line}`).join('\n') }),
  )

describe('stackOf', () => {
  test.each<[sentence: string, frame: string, shown: string]>([
    ['a file of the project', `at load (${process.cwd()}/app/page.tsx:3:9)`, 'at load (app/page.tsx:3:9)'],
    ['one as a URL', `at async file://${process.cwd()}/lib/a.js:3:9`, 'at async lib/a.js:3:9'],
    ['a package', 'at f (/srv/node_modules/pg/client.js:1:2)', 'at f (node_modules/pg/client.js:1:2)'],
    ['a file elsewhere on the machine', 'at f (/home/ann/secret/tool.js:1:2)', 'at f (tool.js:1:2)'],
    ['the same without a function', 'at /home/ann/secret/tool.js:1:2', 'at tool.js:1:2'],
    ['the same on Windows', 'at f (C:\\Users\\ann\\tool.js:1:2)', 'at f (tool.js:1:2)'],
    ['a module of Node', 'at g (node:internal/timers:5:6)', 'at g (node:internal/timers:5:6)'],
    ['code without a file', 'at new Promise (<anonymous>)', 'at new Promise (<anonymous>)'],
  ])('%s', (_, frame, shown) => {
    expect(framesOf(frame)).toEqual([shown])
  })

  test('has at most 20 frames of 300 characters, and no lines of the message', () => {
    const frames = framesOf('and more words', ...Array.from({ length: 50 }, () => `at ${'f'.repeat(400)}`))
    expect([frames.length, frames[0]?.length]).toEqual([20, 300])
  })

  test('is empty where there is none, or where it can not be read', () => {
    const failing = Object.defineProperty(new Error('x'), 'stack', {
      get: () => {
        throw new Error('no')
      },
    })
    expect([stackOf('text'), stackOf({ message: 'x' }), stackOf(failing)]).toEqual([[], [], []])
  })
})
