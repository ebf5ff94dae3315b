import { expect, test } from 'vitest'
import type { LiveMessage } from './live-message'
import { LiveMessages, readMessage, toServerSentEvent } from './live-message'

const MB = 1024 ** 2
const messageOf = (length: number): LiveMessage => ({
  fromMs: null,
  untilMs: 0,
  fromKnown: 0,
  atMs: 0,
  known: 0,
  bytes: new Uint8Array(length),
})

test('an event is read as it was written', () => {
  const bytes = toServerSentEvent([Buffer.from('{"a":'), Buffer.from('"ü"}')], '17-abc-1')
  expect(Buffer.from(bytes).toString()).toBe('data: {"a":"ü"}\nid: 17-abc-1\n\n\n')
  expect(readMessage({ ...messageOf(0), bytes })).toEqual({ id: '17-abc-1', json: '{"a":"ü"}' })
})

test('what nobody reads makes room for what is new, the oldest first', () => {
  const messages = new LiveMessages(3 * MB)
  const forgotten: LiveMessage[] = []
  const keeper = { forget: (message: LiveMessage) => void forgotten.push(message) }
  const [first, second, third] = [messageOf(MB), messageOf(MB), messageOf(MB)]
  for (const message of [first, second, third]) messages.keep(message, keeper)
  messages.read(first)
  expect(messages.refusalOf(MB)).toBeUndefined()
  expect(forgotten).toEqual([second])
  expect(messages.heldBytes).toBe(2 * MB)
})

test('what is read takes room until it was read, also where nobody keeps it any longer', () => {
  const messages = new LiveMessages(2 * MB)
  const message = messageOf(2 * MB)
  messages.keep(message, { forget: () => {} })
  messages.read(message)
  messages.read(message)
  messages.drop(message)
  expect(messages.refusalOf(1)).toBe(
    'live events would hold more than 2MB of memory together: ask for fewer series, or try again later',
  )
  messages.letGo(message)
  expect(messages.heldBytes).toBe(2 * MB)
  messages.letGo(message)
  expect(messages.heldBytes).toBe(0)
  expect(messages.refusalOf(2 * MB)).toBeUndefined()
})
