import { expect, it } from 'vitest'
import { processStorage } from './process-storage'

it('is one storage, whoever asks', () => {
  processStorage().append({ __name__: 'a' }, 1, 1)
  expect(processStorage()).toBe(processStorage())
  expect(processStorage().status().seriesCount).toBe(1)
})
