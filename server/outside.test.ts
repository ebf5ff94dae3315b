import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, expect, test, vi } from 'vitest'
import { nowMs, outside } from './outside'

const request = new AsyncLocalStorage<string>()
outside(() => {})

afterEach(() => vi.unstubAllEnvs())

test('work is done where nothing is known of the request, and at once', () => {
  let seen: string | undefined = 'nothing'
  request.run('a request', () => outside(() => (seen = request.getStore())))
  expect(seen).toBeUndefined()
})

test('what it throws is thrown', () => {
  expect(() => outside(() => void JSON.parse('{'))).toThrow(SyntaxError)
})

test('the time is the system’s, even where Date.now looks at the request', () => {
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => (request.getStore() === undefined ? 4711 : Number.NaN))
  expect(request.run('a request', nowMs)).toBe(4711)
  clock.mockRestore()
})

test('while an app is built, nothing is done', () => {
  vi.stubEnv('NEXT_PHASE', 'phase-production-build')
  const work = vi.fn()
  outside(work)
  expect(work).not.toHaveBeenCalled()
  expect(nowMs()).toBe(0)
})
