// A board's variables in its PromQL and its words, with the meaning that they have in Grafana.
import type { OwnPanel, OwnSection } from '../_boards/own-board'
import type { Query } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import { rateIntervalMsOf, toLiteralRegex } from '../_boards/substitute'
import type { GrafanaBoard, TemplatePanel, TemplateSection } from './model'
import { MOST_COPIES } from './model'

/** What is chosen of a variable. */
export type Chosen = {
  values: readonly string[]
  /** Stands for all of them, as it is. */
  allValue: string | undefined
  isAll: boolean
  /** Its values stand in regular expressions. */
  isRegex: boolean
}

export type Values = ReadonlyMap<string, Chosen>

/** What the times of a board are, in milliseconds. */
export type Times = Pick<Variables, 'rangeMs' | 'stepMs' | 'scrapeIntervalMs'> & { endMs: number }

/** A variable that the board doesn't have. */
export class UnknownVariable extends Error {
  override readonly name = 'UnknownVariable'
}

/** What a board asks at most in one expression: the server takes no longer one. */
export const LONGEST_FILLED = 2_000

/** As Grafana finds them: `$name`, `[[name:format]]`, `${name.field:format}`. */
const VARIABLE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}/g

/** The variables of time that stay, for whoever asks at another time (substitute.ts). */
const KEPT: ReadonlySet<string> = new Set(['__interval', '__rate_interval', '__range'])

/** PromQL with the values in it. Throws an UnknownVariable. */
export function fillExpr(expr: string, values: Values, times: Times): string {
  const filled = expr.replace(VARIABLE, (whole: string, plain, square, squareFormat, braced, bracedFormat) => {
    const name: string = plain ?? square ?? braced
    // In label_replace it is a group.
    if (/^\d/.test(name)) return whole
    if (KEPT.has(name)) return `$${name}`
    const time = timeOf(name, times)
    if (time !== undefined) return time
    const chosen = values.get(name)
    if (chosen === undefined) throw new UnknownVariable(`the board has no variable $${name.slice(0, 60)}`)
    return toPromql(chosen, squareFormat ?? bracedFormat)
  })
  // What a dollar sign and a value have become together, which would be asked for as a variable of ours.
  const made = filled.match(/\$[a-z_]+/g)?.find((name) => !KEPT.has(name.slice(1)))
  if (made !== undefined) throw new UnknownVariable(`the board has no variable ${made.slice(0, 60)}`)
  return filled
}

/** The words with the values in it; what isn't known stays. */
export function fillText(text: string, values: Values): string {
  return text.replace(VARIABLE, (whole: string, plain, square, _squareFormat, braced) => {
    const chosen = values.get(plain ?? square ?? braced)
    if (chosen === undefined) return whole
    return chosen.isAll ? 'All' : chosen.values.join(', ')
  })
}

/** The names of the variables in a text. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map((found) => found[1] ?? found[2] ?? found[4] ?? '')
}

function timeOf(name: string, { rangeMs, stepMs, scrapeIntervalMs, endMs }: Times): string | undefined {
  const rateMs = rateIntervalMsOf({ stepMs, scrapeIntervalMs })
  const times: Readonly<Record<string, number>> = {
    __range_s: Math.round(rangeMs / 1000),
    __range_ms: rangeMs,
    __interval_ms: stepMs,
    __rate_interval_ms: rateMs,
    __from: endMs - rangeMs,
    __to: endMs,
  }
  if (Object.hasOwn(times, name)) return `${times[name]}`
  return name === '__auto' || name === '__auto_interval' ? '$__interval' : undefined
}

/** Where the format isn't known, as without. */
function toPromql({ values, allValue, isAll, isRegex }: Chosen, format: string | undefined): string {
  if (isAll && allValue !== undefined) return withoutDollar(allValue)
  if (values.length === 1 && values[0] === '$__auto') return '$__interval'
  switch (format) {
    case 'raw':
      return withoutDollar(values.join(','))
    case 'csv':
      return withoutDollar(values.map(inString).join(','))
    case 'pipe':
      return withoutDollar(values.map(inString).join('|'))
    case 'regex':
      return withoutDollar(alternatives(values))
    case 'doublequote':
      return withoutDollar(values.map((value) => `"${inString(value)}"`).join(','))
    default:
      return withoutDollar(isRegex ? alternatives(values) : inString(values.join(',')))
  }
}

function alternatives(values: readonly string[]): string {
  const escaped = values.map((value) => inString(toLiteralRegex(value)))
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`
}

/** Between double quotes. */
const inString = (text: string) => text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')

/** A dollar sign would begin a variable of ours. */
const withoutDollar = (text: string) => text.replaceAll('$', '\\x24')

/** The board with everything in its place. What has no meaning says so where it would stand. */
export function fillBoard(board: GrafanaBoard, values: Values, times: Times): OwnSection[] {
  return board.sections.flatMap((section) =>
    copiesOf(section, values).map(({ values: scoped, suffix }): OwnSection => {
      const { repeat: _, ...filled } = section
      const panels = section.panels.flatMap((panel) =>
        copiesOf(panel, scoped).map((copy) => fillPanel(panel, copy.values, times, suffix + copy.suffix)),
      )
      return {
        ...filled,
        key: section.key + suffix,
        title: section.title === undefined ? undefined : fillText(section.title, scoped),
        panels: placed(panels),
      }
    }),
  )
}

/** Rows of a section: more would be mostly empty. */
const MOST_ROWS = 1_000

/**
 * Each as high as it can stand below those before it, as Grafana has it, which leaves no gaps and lets none overlap. Where one has
 * no place, as copies of a repeated one, all stand one after the other.
 */
function placed(panels: readonly OwnPanel[]): OwnPanel[] {
  const heights = new Array<number>(24).fill(0)
  const moved = panels.map((panel): OwnPanel => {
    if (panel.place === undefined) return panel
    const x = Math.max(0, Math.min(panel.place.x, 24 - panel.width))
    const y = Math.max(...heights.slice(x, x + panel.width))
    heights.fill(y + panel.place.h, x, x + panel.width)
    return { ...panel, place: { x, y, h: panel.place.h } }
  })
  const isPlaced = moved.every(({ place }) => place !== undefined) && Math.max(...heights) <= MOST_ROWS
  return isPlaced ? moved : panels.map((panel) => ({ ...panel, place: undefined }))
}

/** One for each value that is chosen of what it repeats. */
function copiesOf({ repeat }: Pick<TemplateSection, 'repeat'>, values: Values): { values: Values; suffix: string }[] {
  const chosen = repeat === undefined ? undefined : values.get(repeat)
  if (repeat === undefined || chosen === undefined) return [{ values, suffix: '' }]
  return chosen.values.slice(0, MOST_COPIES).map((value, i) => ({
    values: new Map([...values, [repeat, { ...chosen, values: [value], isAll: false }]]),
    suffix: i === 0 ? '' : `-${i}`,
  }))
}

function fillPanel({ repeat, ...template }: TemplatePanel, values: Values, times: Times, suffix: string): OwnPanel {
  const own = repeat === undefined ? template : { ...template, place: undefined }
  const { panel, drawing } = own
  const words = {
    id: panel.id + suffix,
    title: fillText(panel.title, values),
    help: fillText(panel.help, values),
  }
  try {
    const queries = panel.queries.map((query): Query => {
      const expr = fillExpr(query.expr, values, times)
      if (expr.length > LONGEST_FILLED) {
        throw new UnknownVariable(`with these values a query is longer than ${LONGEST_FILLED} characters: choose fewer`)
      }
      return { ...query, expr, legend: fillText(query.legend, values) }
    })
    const filled = drawing.kind === 'text' ? { ...drawing, text: fillText(drawing.text, values) } : drawing
    const overrides = own.overrides?.map((one) => (one.name ? { ...one, name: fillText(one.name, values) } : one))
    return { ...own, ...(overrides && { overrides }), panel: { ...panel, ...words, queries }, drawing: filled }
  } catch (error) {
    if (!(error instanceof UnknownVariable)) throw error
    const undrawn = [error.message, ...own.undrawn]
    return { ...own, panel: { ...panel, ...words, queries: [] }, drawing: { kind: 'none' } as const, undrawn }
  }
}
