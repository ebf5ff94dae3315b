// What is exported is read back as what it was, and the files that are committed are as the boards are.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { OwnPanel } from '../_boards/own-board'
import { OWN_ROUTES } from '../_boards/own-traffic'
import { substitute } from '../_boards/substitute'
import { EXPORTED, exportedBoards, toFileText } from './exported'
import type { Chosen, Values } from './fill'
import { fillBoard } from './fill'
import { readBoard } from './read-board'
import { toGrafana, toOwnSections } from './to-grafana'
import { toGrafanaUnit } from './units'

const FOLDER = 'deploy/grafana'
const TIMES = { rangeMs: 300_000, stepMs: 1000, scrapeIntervalMs: 1000, endMs: 1_700_000_000_000 }
const one = (value: string): Chosen => ({ values: [value], allValue: undefined, isAll: false, isRegex: true })
const CHOSEN: Values = new Map([
  ['job', one('shop')],
  ['instance', one('a:1')],
  ['route', { ...one(''), isAll: true, allValue: '.*' }],
  ['own', { ...one(OWN_ROUTES), isRegex: false }],
])
const HERE = { ...TIMES, target: 'job=~"shop",instance=~"a:1"', route: undefined, own: OWN_ROUTES }

/** What a panel says, asks and draws, whatever it is called inside. */
function essence({ panel, drawing, overrides, width, undrawn }: OwnPanel) {
  const { title, chart, axis, unit, queries } = panel
  return {
    ...{
      title,
      width,
      undrawn,
      overrides: overrides?.map((one) => ({ ...one, unit: one.unit && toGrafanaUnit(one.unit) })),
    },
    // An axis is fitted to the values in Grafana, unless it is told otherwise.
    axis: axis === 'log' ? axis : undefined,
    chart: chart === 'heatmap' || chart === 'stack' ? chart : undefined,
    unit: toGrafanaUnit(unit),
    drawing: 'units' in drawing ? { ...drawing, units: Object.values(drawing.units).map(toGrafanaUnit) } : drawing,
    queries: queries.map(({ expr, legend, isInstant }) => ({ expr: substitute(expr, HERE), legend, isInstant })),
  }
}

test('the committed files are as the boards are: `npm run export-boards` writes them', () => {
  const exported = Object.entries(exportedBoards()).map(([name, model]) => [name, toFileText(model)])
  expect(readdirSync(FOLDER).sort()).toEqual(exported.map(([name]) => name).sort())
  for (const [name = '', text] of exported) expect(readFileSync(join(FOLDER, name), 'utf8'), name).toBe(text)
})

describe.each(EXPORTED.map((board) => [board.title, board] as const))('%s', (_, board) => {
  const model: unknown = JSON.parse(JSON.stringify(exportedBoards()[`${board.id}.json`]))
  const read = readBoard(model)

  test('is read back without loss: titles, questions, legends, units, thresholds, drawings and places', () => {
    expect(read.undrawn).toEqual([])
    const filled = fillBoard(read, CHOSEN, TIMES).flatMap(({ panels }) => panels)
    const ours = toOwnSections(board).flatMap(({ panels }) => panels)
    expect(filled.map(essence)).toEqual(ours.map(essence))
  })

  test('asks what the board asks, of the job and the instance that are chosen', () => {
    const ours = board.places.flatMap(({ panels }) => panels).flatMap(({ queries }) => queries)
    const asked = new Set(ours.map(({ expr }) => substitute(expr, HERE)))
    for (const { panels } of fillBoard(read, CHOSEN, TIMES)) {
      for (const { panel } of panels)
        for (const { expr } of panel.queries) expect(asked).toContain(substitute(expr, HERE))
    }
  })

  test('has ids that differ, and no two panels in one place', () => {
    const { panels } = exportedBoards()[`${board.id}.json`] ?? { panels: [] }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(
      fillBoard(read, CHOSEN, TIMES)
        .flatMap(({ panels }) => panels)
        .every(({ place }) => place !== undefined),
    ).toBe(true)
  })
})

test.each(['nodejs', 'node-exporter'])('a board of the community, exported as pins are, is read back: %s', (name) => {
  const board = readBoard(JSON.parse(readFileSync(`e2e/boards/${name}.json`, 'utf8')))
  const values: Values = new Map(board.variables.map(({ name }) => [name, one('x')]))
  const pinned = fillBoard(board, values, TIMES)
    .flatMap(({ panels }) => panels)
    .filter(({ drawing }) => drawing.kind !== 'none')
    .map((own) => ({ ...own, undrawn: [] }))
  const sections = [{ key: 'pins', title: 'Pins', isCollapsed: false, panels: pinned }]
  const model: unknown = JSON.parse(JSON.stringify(toGrafana({ uid: 'u', title: 'T', sections, ownRoutes: '' })))
  const [section] = fillBoard(readBoard(model), CHOSEN, TIMES)
  expect(section?.title).toBe('Pins')
  expect(section?.panels.map(essence)).toEqual(pinned.map(essence))
})
