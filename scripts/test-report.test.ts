import { expect, test } from 'vitest'
import { report } from './test-report.mjs'

const outcomes = [
  { title: 'types', result: 'ok', seconds: 3.04 },
  { title: 'unit tests', result: 'failed', seconds: 20.5 },
  { title: 'e2e', result: 'not run', seconds: 0, note: 'no Chromium.' },
] as const

test('what was not run is skipped, and said', () => {
  expect(report(outcomes, false)).toBe(`types       ok          3.0 s
unit tests  failed     20.5 s
e2e         not run     0.0 s  no Chromium.

1 passed, 1 failed, 1 skipped`)
})

test('where nobody looks at a terminal, what was not run has failed', () => {
  expect(report(outcomes, true)).toMatch(/\n1 passed, 2 failed$/)
})
