// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import { toTargetMatchers } from '../_boards/target-matchers'
import { toTimeFrame } from '../_charts/time-frame'
import type { LiveBoard } from '../_live/live-board'
import { toVariables } from '../_state/to-variables'
import { DEFAULT_VIEW } from '../_state/view'
import { inventBoard } from './invented-board'
import type { Shown } from './shown'
import { useAnswered } from './use-answered'

const variables = toVariables(DEFAULT_VIEW, 1000, toTargetMatchers(undefined))
const shownAt = (endMs: number, changes: Partial<LiveBoard> = {}): Shown => ({
  board: inventBoard(endMs, changes),
  frame: toTimeFrame(endMs, variables.rangeMs),
  annotations: [],
  variables,
  target: '',
  isThisApp: true,
  sort: undefined,
  onSort: () => {},
})
const away = { error: () => ({ message: 'away' }) }

function Panel({ shown }: { shown: Shown }) {
  const { board } = useAnswered(shown, ['up'])
  return `${board.newestMs} ${board.error('up')?.message ?? ''}`.trim()
}

/** What a panel says after each of these, one after the other. */
async function said(...moments: Shown[]): Promise<string[]> {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const place = document.createElement('div')
  const root = createRoot(place)
  const texts: string[] = []
  for (const shown of moments) {
    await act(() => root.render(<Panel shown={shown} />))
    texts.push(place.textContent ?? '')
  }
  await act(() => root.unmount())
  return texts
}

test.each<[string, Shown[], string[]]>([
  ['an answer is drawn', [shownAt(1000), shownAt(2000)], ['1000', '2000']],
  [
    'without an answer the last one stays, with the reason',
    [shownAt(1000), shownAt(2000, away), shownAt(3000, away)],
    ['1000', '1000 away', '1000 away'],
  ],
  ['a new answer takes its place', [shownAt(1000), shownAt(2000, away), shownAt(3000)], ['1000', '1000 away', '3000']],
  ['what never had an answer goes on', [shownAt(1000, away), shownAt(2000, away)], ['1000 away', '2000 away']],
  [
    'the answer to another question does not stay',
    [shownAt(1000), { ...shownAt(2000, away), variables: { ...variables } }],
    ['1000', '2000 away'],
  ],
])('%s', async (_, moments, texts) => {
  expect(await said(...moments)).toEqual(texts)
})
