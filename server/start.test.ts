import { expect, test, vi } from 'vitest'
import { processRegistry } from './instrument/registry'
import { processScrape } from './scrape/process-scrape'
import { start } from './start'

test('a wrong environment ends the process with the list of what is wrong, and starts nothing', () => {
  vi.stubEnv('SCRAPE_INTERVAL', 'never')
  vi.stubEnv('SERIES_LIMIT', 'many')
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`)
  })
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(start).toThrow('exit 1')
  expect(said).toHaveBeenCalledOnce()
  const [message] = said.mock.calls[0] ?? []
  expect(message).toMatch(/SCRAPE_INTERVAL: .*\n.*SERIES_LIMIT: /)
  expect(processScrape()).toBeUndefined()
})

test('a process starts once, and says where it can be looked at', () => {
  vi.stubEnv('__NEXT_PRIVATE_ORIGIN', 'http://127.0.0.1:4711')
  vi.stubEnv('DATA_DIR', '')
  vi.stubEnv('SCRAPE_TARGETS', 'http://ann:secret@orders:8000/metrics')
  vi.spyOn(process, 'once').mockReturnValue(process)
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  const pages = { basePath: '', script: '' }
  start(pages)
  const loop = processScrape()
  start(pages)
  expect(said.mock.calls).toEqual([
    [
      'Hearth: dashboard at http://127.0.0.1:4711/dashboard, metrics at http://127.0.0.1:4711/metrics. Only this machine may look: set HEARTH_TOKEN for others.',
    ],
  ])
  expect(processScrape()).toBe(loop)
  expect(loop?.targets()).toMatchObject([
    {
      job: 'hearth',
      instance: '127.0.0.1:4711',
      url: 'http://127.0.0.1:4711/metrics',
      timeoutMs: 10_000,
    },
    { job: 'orders', instance: 'orders:8000', url: 'http://orders:8000/metrics', timeoutMs: 1000 },
  ])
  const names = processRegistry()
    .getMetricsAsArray()
    .map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['requests_total', 'process_cpu_seconds_total', 'hearth_storage_series']),
  )
  loop?.stop()
})
