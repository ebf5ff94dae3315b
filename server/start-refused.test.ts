import { afterEach, expect, test, vi } from 'vitest'
import { start } from './start'

afterEach(() => vi.useRealTimers())

test('a target that would write the series of this process ends it', () => {
  vi.stubEnv('__NEXT_PRIVATE_ORIGIN', 'http://127.0.0.1:4711')
  vi.stubEnv('SCRAPE_TARGETS', 'hearth=http://127.0.0.1:4711/metrics')
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`)
  })
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(start).toThrow('exit 1')
  expect(said.mock.calls).toEqual([[expect.stringContaining('got two of hearth at 127.0.0.1:4711')]])
})

test('an app with the package goes on without them, and says so', () => {
  vi.stubGlobal('IN_PACKAGE', true)
  vi.stubEnv('__NEXT_PRIVATE_ORIGIN', 'http://127.0.0.1:4711')
  vi.stubEnv('HEARTH_SCRAPE_TARGETS', 'hearth=http://127.0.0.1:4711/metrics')
  vi.stubEnv('HEARTH_DATA_DIR', '')
  vi.useFakeTimers()
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  start()
  expect(said.mock.calls).toEqual([
    [expect.stringMatching(/^Hearth: the variable HEARTH_SCRAPE_TARGETS is wrong, so its default is used: expected /)],
  ])
})
