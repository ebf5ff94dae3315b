import { expect, it, vi } from 'vitest'
import { createScrapeLoop } from './scrape-loop'

it('is found by another copy of the module', async () => {
  const first = await import('./process-scrape')
  vi.resetModules()
  const second = await import('./process-scrape')
  expect(second.processScrape).not.toBe(first.processScrape)
  expect(second.processScrape()).toBeUndefined()
  const sink = { append: () => true, markStale: () => true }
  const thisProcess = { job: 'j', instance: 'i', url: '', timeoutMs: 1000, collect: () => Promise.reject() }
  const loop = { ...createScrapeLoop({ intervalMs: 1000, thisProcess, sink }), discovered: () => [] }
  first.setProcessScrape(loop)
  expect(second.processScrape()).toBe(loop)
})
