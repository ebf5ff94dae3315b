import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { describeError } from './describe-error'

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
