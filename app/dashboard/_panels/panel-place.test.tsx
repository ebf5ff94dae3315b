import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import { overview } from '../_boards/overview'
import type { Panel } from '../_boards/panel'
import { toPanelName } from '../_boards/panel'
import { toTargetMatchers } from '../_boards/target-matchers'
import { toTimeFrame } from '../_charts/time-frame'
import type { LiveBoard } from '../_live/live-board'
import { TrpcClient } from '../_live/trpc-client'
import { ShellContext } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { DEFAULT_VIEW } from '../_state/view'
import { fillWords, toWords } from './fill-words'
import { inventBoard } from './invented-board'
import { PanelPlace } from './panel-place'
import { EXCEPTIONS } from './use-exception-groups'

const END_MS = 1_700_000_000_000
const variables = toVariables(DEFAULT_VIEW, 1000, toTargetMatchers(undefined))
const exceptions: ExceptionGroup[] = [
  {
    error: 'Declined',
    kind: 'route',
    route: '/pay',
    firstMs: END_MS - 60_000,
    lastMs: END_MS - 12_000,
    newest: {
      id: '1',
      atMs: END_MS - 12_000,
      kind: 'route',
      route: '/pay',
      method: 'POST',
      name: 'Declined',
      message: 'no funds',
    },
  },
]
const panels = overview.places.flatMap((place) => place.panels)
const named: [string, Panel][] = panels.map((panel) => [panel.id, panel])

const doors = {
  pages: { overview: '', explore: '', metrics: '', boards: '', errors: '/errors' },
  trpc: '',
  metrics: '',
  prometheus: '',
}
const icons = { warning: '', bad: '' }
const shell = { doors, icons, ownRoutes: '', pathname: '/', query: '', go: () => {} }

/** The panel as the server sends it, before any script has run. */
function render(panel: Panel, changes: Partial<LiveBoard> = {}, groups = exceptions, isThisApp = true): string {
  const frame = toTimeFrame(END_MS, variables.rangeMs)
  const shown = {
    board: inventBoard(END_MS, changes),
    frame,
    annotations: [],
    variables,
    target: 'localhost:3000',
    isThisApp,
    sort: undefined,
    onSort: () => {},
  }
  return renderToStaticMarkup(
    <ShellContext value={shell}>
      <TrpcClient url="/api/trpc" known={[[EXCEPTIONS, groups]]}>
        <PanelPlace place={{ span: 4, panels: [panel] }} shown={shown} tabs={[]} onTabs={() => {}} />
      </TrpcClient>
    </ShellContext>,
  )
}

const textOf = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const faceOf = (html: string) => /data-face="(\w+)"/.exec(html)?.[1]

describe.each(named)('the panel %s', (_, panel) => {
  test('live, it has its title, its help and its menu', () => {
    const html = render(panel)
    expect(faceOf(html)).toBe('live')
    expect(textOf(html)).toContain(panel.title)
    expect(html).toContain(`aria-label="Menu of ${toPanelName(panel)}"`)
    expect(html).toContain(` id="${panel.id}"`)
    expect(html).toContain(`aria-label="About ${toPanelName(panel)}"`)
    expect(html).toMatch(/role="tooltip"/)
    expect(textOf(html)).not.toMatch(/\$[a-z_]|NaN|undefined|\[object/)
  })

  test('its marks are drawn before any script has run, without a style attribute, which a strict policy forbids', () => {
    const html = render(panel)
    if (panel.chart !== 'exceptions') expect(html).toMatch(/<path [^>]*d="M[^"]{9}|<rect [^>]*height="[1-9]/)
    expect(html).not.toMatch(/ style=/)
  })

  test('waiting, it shows that it loads', () => {
    const html = render(panel, { hasHistory: false, timesMs: [], newestMs: null, series: () => [] }, [])
    expect(faceOf(html)).toBe('loading')
  })

  test('empty, it says how to fill it, or has a dash for its number', () => {
    const html = render(panel, { series: () => [] }, [])
    expect(faceOf(html)).toBe('empty')
    const hint = panel.empty.replace('$range', '5 m').replace('$target', 'localhost:3000').split('`')[0] ?? ''
    expect(textOf(html)).toContain(panel.chart === 'tile' ? '–' : hint.trim())
  })

  test('cut off, it keeps what it had', () => {
    const html = render(panel, { state: 'reconnecting' })
    expect(faceOf(html)).toBe('lost')
    if (panel.chart !== 'tile') expect(textOf(html)).toContain('Stopped at')
    const digits = (text: string) =>
      textOf(text)
        .replace(/Stopped at [\d:]+/, '')
        .match(/\d+/g)
    expect(digits(html)).toEqual(digits(render(panel).replace(subtitleOf(panel), '')))
  })

  test('refused, it says why', () => {
    expect(textOf(render(panel, { error: () => ({ message: 'parse error: unexpected end' }) }))).toContain(
      'unexpected end',
    )
  })
})

test('exceptions are counted by the metric, of any target; what they said is known of this app alone', () => {
  const panel = panels.find(({ chart }) => chart === 'exceptions')
  if (panel === undefined) throw new Error('The overview has no panel for exceptions.')
  const own = textOf(render(panel))
  expect(own).toContain('Declined ×8')
  expect(own).toContain('POST /pay: no funds')
  const others = textOf(render(panel, {}, exceptions, false))
  expect(others).toContain('Declined ×8')
  expect(others).toContain('route /pay')
  expect(others).not.toContain('no funds')
})

/** A badge stands in its place while the panel is lost. */
const subtitleOf = (panel: Panel) =>
  panel.chart === 'tile' ? '' : `<span>${fillWords(panel.subtitle, toWords(variables, 'localhost:3000'))}</span>`
