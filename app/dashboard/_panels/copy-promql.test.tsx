// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CopyPromql } from './copy-promql'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test.each([
  ['copied', async () => {}, 'Copied'],
  ['not copied', () => Promise.reject(new Error('denied')), 'Not copied'],
])('%s, it says so for a while', async (_, writeText, said) => {
  const write = vi.fn(writeText)
  vi.stubGlobal('navigator', { clipboard: { writeText: write } })
  vi.stubGlobal('document', Object.assign(document, { execCommand: () => false }))
  const place = document.createElement('div')
  act(() => createRoot(place).render(<CopyPromql name="Requests by route" text="up" />))
  const status = () => place.querySelector('[role=status]')?.textContent
  expect(place.querySelector('button')?.textContent).toContain('Copy the PromQL of Requests by route')
  expect(status()).toBe('')

  await act(async () => place.querySelector('button')?.click())
  expect(write).toHaveBeenCalledWith('up')
  expect(status()).toBe(said)
  act(() => void vi.advanceTimersByTime(60_000))
  expect(status()).toBe('')
})
