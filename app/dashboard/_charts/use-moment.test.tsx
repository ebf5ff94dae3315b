// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createCursor } from './cursor'
import { Plot } from './plot'
import { CursorContext } from './use-cursor'
import { useMoment } from './use-moment'

const timesMs = [10, 20, 30, 40, 50]
const frame = { startMs: 0, endMs: 50, ticksMs: [] }

function Chart({ name }: { name: string }) {
  const moment = useMoment(name, timesMs, frame)
  const text = String(timesMs[moment.index] ?? 'none')
  return (
    <Plot {...moment} label={name} count={timesMs.length} heading={`at ${text}`} rows={[{ name: 'value', text }]}>
      <p>{`${name} ${text}`}</p>
    </Plot>
  )
}

function showTwo(): HTMLElement {
  const place = document.createElement('div')
  const charts = (
    <CursorContext value={createCursor()}>
      <Chart name="one" />
      <Chart name="two" />
    </CursorContext>
  )
  act(() => createRoot(place).render(charts))
  return place
}

const keysOf = (place: HTMLElement) => [...place.querySelectorAll('input')]
const wordsOf = (place: HTMLElement) => [...place.querySelectorAll('p')].map(({ textContent }) => textContent)

function moveTo(input: HTMLInputElement | undefined, index: number) {
  if (input === undefined) throw new Error('There is no range input.')
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, String(index))
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

describe('the shared cursor', () => {
  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    return () => vi.unstubAllGlobals()
  })

  test('is nowhere at first, and a screen reader hears that it is at the newest', () => {
    const place = showTwo()
    expect(wordsOf(place)).toEqual(['one none', 'two none'])
    expect(keysOf(place).map((input) => input.getAttribute('aria-valuetext'))).toEqual(['newest', 'newest'])
  })

  test('moves in all charts at once, and only the chart that moved it says its numbers', () => {
    const place = showTwo()
    moveTo(keysOf(place)[0], 2)
    expect(wordsOf(place)).toEqual(['one 30', 'two 30'])
    expect(place.querySelectorAll('dl')).toHaveLength(1)
    expect(keysOf(place)[0]?.getAttribute('aria-valuetext')).toBe('at 30, value: 30')
  })

  test('comes to the newest with the focus, and goes with it', () => {
    const place = showTwo()
    document.body.append(place)
    act(() => keysOf(place)[1]?.focus())
    expect(wordsOf(place)).toEqual(['one 50', 'two 50'])
    act(() => keysOf(place)[1]?.blur())
    expect(wordsOf(place)).toEqual(['one none', 'two none'])
    place.remove()
  })

  test('goes away with Escape', () => {
    const place = showTwo()
    moveTo(keysOf(place)[1], 0)
    act(() => void keysOf(place)[1]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })))
    expect(wordsOf(place)).toEqual(['one none', 'two none'])
  })
})
