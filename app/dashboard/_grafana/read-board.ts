// Grafana's dashboard model, as its files and its API have it, into a board: rows, places and variables. Whoever wrote the file, it
// is bad input at worst: a BoardError says what was expected and what came.

import type { Json } from './json'
import { at, isObject, listOf, numberOf, objectsOf, own, said, textOf } from './json'
import type { GrafanaBoard, TemplateSection } from './model'
import { BoardError, LONGEST_NAME, LONGEST_TEXT, MOST_PANELS } from './model'
import { readPanel } from './read-panel'
import { readVariables } from './read-variables'

/** Throws a BoardError where it is no dashboard of the classic model. What of it can't be drawn is in the board, in words. */
export function readBoard(model: unknown): GrafanaBoard {
  if (!isObject(model))
    throw new BoardError(`expected Grafana's JSON model of a dashboard, an object, got ${said(model)}`)
  // As the HTTP API answers.
  const inner = own(model, 'dashboard')
  const board = isObject(inner) ? inner : model
  if (own(board, 'elements') !== undefined || at(board, 'spec', 'elements') !== undefined) {
    throw new BoardError(
      "expected Grafana's classic model with `panels`, got its schema v2: export the board as Classic",
    )
  }
  const [panels, rows] = [own(board, 'panels'), own(board, 'rows')]
  if (!Array.isArray(panels) && !Array.isArray(rows)) {
    throw new BoardError(`expected \`panels\` to be a list, got ${said(panels)}`)
  }
  const { variables, undrawn } = readVariables(board)
  const inputs = inputsOf(board)
  const found = Array.isArray(panels) && panels.length > 0 ? fromPanels(panels, inputs) : fromRows(rows, inputs)
  const annotations = objectsOf(at(board, 'annotations', 'list')).filter((one) => one.builtIn !== 1)
  return {
    title: textOf(own(board, 'title'), LONGEST_NAME) || 'Without a title',
    description: textOf(own(board, 'description'), LONGEST_TEXT),
    variables,
    sections: found.sections,
    undrawn: [
      ...undrawn,
      ...(found.left > 0 ? [`${found.left} more panels: a board has at most ${MOST_PANELS}`] : []),
      ...(annotations.length > 0
        ? [`annotations: ${annotations.map((one) => textOf(own(one, 'name'), 60)).join(', ')}`]
        : []),
    ],
  }
}

/** Which kind of data source each input of an exported board stands for. */
function inputsOf(board: Json): ReadonlyMap<string, string> {
  const inputs = objectsOf(own(board, '__inputs')).filter((one) => one.type === 'datasource')
  const listed = objectsOf(at(board, 'templating', 'list')).filter((one) => one.type === 'datasource')
  return new Map([
    ...inputs.map(
      (one) => [textOf(own(one, 'name'), LONGEST_NAME), textOf(own(one, 'pluginId'), LONGEST_NAME)] as const,
    ),
    ...listed.map((one) => [textOf(own(one, 'name'), LONGEST_NAME), textOf(own(one, 'query'), LONGEST_NAME)] as const),
  ])
}

type Found = { sections: TemplateSection[]; left: number }

/** A row begins a section; one that is collapsed has its panels in itself. */
function fromPanels(list: readonly unknown[], inputs: ReadonlyMap<string, string>): Found {
  const sections: TemplateSection[] = []
  let [count, left] = [0, 0]
  let current: { section: TemplateSection; values: { value: unknown; key: string }[] } | undefined
  const close = () => {
    if (current === undefined) return
    const values = current.values.slice(0, MOST_PANELS - count)
    count += values.length
    left += current.values.length - values.length
    const panels = values.map(({ value, key }) => readPanel(value, key, inputs))
    sections.push(
      withPlaces(
        { ...current.section, panels },
        values.map(({ value }) => value),
      ),
    )
  }
  for (const { value, i } of inOrder(list)) {
    if (isObject(value) && value.type === 'row') {
      close()
      const nested = inOrder(listOf(own(value, 'panels')))
      const section = {
        ...sectionOf(`row-${i}`, textOf(own(value, 'title'), LONGEST_NAME)),
        isCollapsed: value.collapsed === true,
        repeat: textOf(own(value, 'repeat'), LONGEST_NAME) || undefined,
      }
      current = { section, values: nested.map((one) => ({ value: one.value, key: `panel-${i}-${one.i}` })) }
    } else {
      current ??= { section: sectionOf('top', undefined), values: [] }
      current.values.push({ value, key: `panel-${i}` })
    }
  }
  close()
  return { sections, left }
}

/** From the top, and from the left. */
function inOrder(list: readonly unknown[]): { value: unknown; i: number }[] {
  return list.map((value, i) => ({ value, i, ...placeOf(value) })).sort((a, b) => a.y - b.y || a.x - b.x || a.i - b.i)
}

/** Boards of before 2018 have rows of panels, whose widths are of 12. */
function fromRows(rows: unknown, inputs: ReadonlyMap<string, string>): Found {
  let [count, left] = [0, 0]
  const sections = objectsOf(rows).map((row, i): TemplateSection => {
    const hasTitle = row.showTitle === true || row.collapse === true
    const panels = listOf(own(row, 'panels')).flatMap((value, n) => {
      if (count >= MOST_PANELS) left++
      else if (++count) {
        const span = isObject(value) ? (numberOf(own(value, 'span')) ?? 4) : 4
        return [readPanel(isObject(value) ? { ...value, gridPos: { w: span * 2 } } : value, `panel-${i}-${n}`, inputs)]
      }
      return []
    })
    return {
      ...sectionOf(`row-${i}`, hasTitle ? textOf(own(row, 'title'), LONGEST_NAME) : undefined),
      isCollapsed: row.collapse === true,
      repeat: textOf(own(row, 'repeat'), LONGEST_NAME) || undefined,
      panels,
    }
  })
  return { sections: sections.filter(isFilled), left }
}

const sectionOf = (key: string, title: string | undefined): TemplateSection => ({
  key,
  title,
  isCollapsed: false,
  repeat: undefined,
  panels: [],
})

const isFilled = ({ title, panels }: TemplateSection) => title !== undefined || panels.length > 0

function placeOf(value: unknown): { x: number; y: number } {
  const place = at(value, 'gridPos')
  return { x: numberOf(at(place, 'x')) ?? 0, y: numberOf(at(place, 'y')) ?? 0 }
}

/** Each from the top of its section. */
function withPlaces(section: TemplateSection, values: readonly unknown[]): TemplateSection {
  const places = values.map((value) => at(value, 'gridPos'))
  const top = Math.min(...places.map((place) => numberOf(at(place, 'y')) ?? 0))
  const panels = section.panels.map((panel, i) => {
    const [x, y, h] = ['x', 'y', 'h'].map((key) => numberOf(at(places[i], key)))
    if (x === undefined || y === undefined || h === undefined) return panel
    return { ...panel, place: { x: Math.round(x), y: Math.round(y - top), h: Math.max(1, Math.round(h)) } }
  })
  return { ...section, panels }
}
