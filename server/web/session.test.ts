import { expect, test } from 'vitest'
import { createSessions } from './session'

const cookieOf = (setCookie: string) => setCookie.split(';', 1)[0] ?? ''

test('a session goes on for a week, for whoever has the same token, and holds nothing of it', () => {
  let nowMs = 1e12
  const begun = createSessions('s3cret', () => nowMs).begin('/hearth', true)
  expect(begun).toMatch(/^hearth_[0-9a-f]{8}=\S+; Max-Age=604800; Path=\/hearth; HttpOnly; SameSite=Lax; Secure$/)
  expect(begun).not.toContain('s3cret')
  const later = createSessions('s3cret', () => nowMs)
  const others = `a=b; ${cookieOf(begun)}; c=d`
  expect(later.isGoingOn(others)).toBe(true)
  nowMs += 604_800_000
  expect(later.isGoingOn(others)).toBe(false)
})

test.each<[string, (cookie: string) => string | null]>([
  ['none', () => null],
  ['a name without a value', (cookie) => cookie.split('=', 1)[0] ?? ''],
  ['a later end', (cookie) => cookie.replace(/=\d+/, '=99999999999')],
  ['another signature', (cookie) => cookie.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))],
  ['a short signature', (cookie) => cookie.slice(0, -1)],
  ['another name', (cookie) => `x${cookie}`],
])('a cookie that was made up is no session: %s', (_, change) => {
  const sessions = createSessions('s3cret')
  expect(sessions.isGoingOn(change(cookieOf(sessions.begin('', false))))).toBe(false)
})

test('the session of another token is no session', () => {
  const other = cookieOf(createSessions('other').begin('', false))
  expect(createSessions('s3cret').isGoingOn(other)).toBe(false)
  expect(other).not.toContain(cookieOf(createSessions('s3cret').begin('', false)).split('=', 1)[0])
})

test('it ends when the browser is told so', () => {
  expect(createSessions('s3cret').end('', false)).toMatch(/=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/)
})
