'use client'
// The panels that the reader has pinned to a board of their own. The browser remembers them, for every page and tab of this origin.
import { useMemo, useSyncExternalStore } from 'react'
import type { ZodMiniType } from 'zod/mini'
import {
  _default,
  array,
  boolean,
  config,
  discriminatedUnion,
  gte,
  int,
  literal,
  lte,
  maxLength,
  minLength,
  nullable,
  number,
  object,
  enum as oneOf,
  optional,
  record,
  regex,
  string,
  undefined as undefinedOnly,
} from 'zod/mini'
import type { Drawing, Mapping, Override, OwnPanel } from '../_boards/own-board'
import { HUES, REDUCTIONS, TONES } from '../_boards/own-board'
import type { Panel, Query } from '../_boards/panel'
import { substitute } from '../_boards/substitute'
import { MOST_OVERRIDES } from '../_grafana/read-overrides'
import { MOST_MAPPINGS } from '../_grafana/thresholds'
import { createMemory } from '../_state/browser-memory'

// A policy without `unsafe-eval` would report that zod tries to compile.
config({ jitless: true })

export const MOST_PINS = 50
/** Of all of them, as text: browsers keep five million characters for an origin. */
const MOST_CHARACTERS = 500_000

const upTo = (longest: number) => string().check(maxLength(longest))
const few = <One extends ZodMiniType>(one: One, most: number) => array(one).check(maxLength(most))
const text = upTo(2_000)
const long = upTo(20_000)
const someNumber = optional(number())
const colour = string().check(regex(/^[a-z0-9-]{1,20}$/))
const unit = string().check(
  regex(
    /^(?:perSecond|seconds|percent|count|bytes|megabytes|cores|millisecondsPerSecond|plain|(?:as|si|iec|time|ratio)\d?:[^:]{0,40})$/,
  ),
)

/** A schema for each field of a type, and for nothing else: a field that is new and forgotten here is an error of types. */
type Shape<Of> = Readonly<Record<keyof Required<Of>, ZodMiniType>>

/** As far as drawing depends on it: what somebody else has written there is no panel. */
const query = object({
  refId: optional(text),
  expr: string().check(minLength(1), maxLength(8_000)),
  legend: text,
  colour: optional(colour),
  colours: optional(few(colour, 20)),
  isInstant: optional(literal(true)),
  thresholds: optional(object({ warning: number(), bad: number(), unit, says: text, window: text })),
} satisfies Shape<Query>)

const panel = object({
  id: text,
  title: text,
  tab: optional(text),
  subtitle: text,
  unit,
  help: long,
  empty: text,
  isEmptyAnswer: optional(literal(true)),
  chart: oneOf(['tile', 'stack', 'lines', 'buckets', 'heatmap', 'routes', 'gauge', 'exceptions']),
  axis: optional(oneOf(['fitted', 'log'])),
  extent: optional(object({ min: someNumber, max: someNumber })),
  bucketUnit: optional(unit),
  of: optional(oneOf(['sum', 'worst'])),
  hasExemplars: optional(literal(true)),
  queries: few(query, 30),
} satisfies Shape<Panel>)

const tone = oneOf(TONES)
const steps = few(object({ from: nullable(number()), tone }), 20)
const mappings = few(
  object({
    of: oneOf(['range', 'nothing', 'nan', 'nothing or nan']),
    from: someNumber,
    to: someNumber,
    text: optional(text),
    tone: optional(tone),
  } satisfies Shape<Mapping>),
  MOST_MAPPINGS,
)
const reduction = oneOf(REDUCTIONS)
const yes = optional(literal(true))

const override = object({
  by: oneOf(['name', 'regexp', 'query', 'all']),
  of: text,
  unit: optional(unit),
  hue: optional(oneOf(HUES)),
  name: optional(text),
  steps: optional(steps),
  mappings: optional(mappings),
  min: someNumber,
  max: someNumber,
  isNegative: yes,
  side: optional(oneOf(['left', 'right'])),
  isAlone: yes,
  drawAs: optional(oneOf(['line', 'bars'])),
  isHidden: yes,
} satisfies Shape<Override>)

type Drawn<Kind extends Drawing['kind']> = Extract<Drawing, { kind: Kind }>

const pinned = object({
  panel,
  drawing: discriminatedUnion('kind', [
    object({ kind: literal('ours') }),
    object({
      kind: literal('time'),
      steps: optional(steps),
      stepsAs: optional(oneOf(['lines', 'areas', 'both'])),
      isBars: yes,
      isShare: yes,
      softMin: someNumber,
      softMax: someNumber,
    } satisfies Shape<Drawn<'time'>>),
    object({
      kind: oneOf(['stat', 'gauge', 'bars']),
      reduction,
      hasGraph: boolean(),
      isName: boolean(),
      isHistogram: boolean(),
      mappings: _default(mappings, []),
      min: someNumber,
      max: someNumber,
      steps,
    } satisfies Shape<Drawn<'stat' | 'gauge' | 'bars'>>),
    object({
      kind: literal('table'),
      reduction,
      hidden: few(text, 200),
      hidesRest: boolean(),
      names: record(text, text),
      units: record(text, unit),
      mappings: _default(record(text, mappings), {}),
      steps: _default(record(text, steps), {}),
    } satisfies Shape<Drawn<'table'>>),
  ]),
  overrides: optional(few(override, MOST_OVERRIDES + 1)),
  width: int().check(gte(2), lte(24)),
  place: optional(undefinedOnly()),
  undrawn: few(long, 50),
} satisfies Shape<OwnPanel>)

const memory = createMemory('hearth.pins')

/** What somebody else has written there is nothing; of a list, what isn't a panel is left out. */
export function parsePins(json: string): OwnPanel[] {
  try {
    const found: unknown = JSON.parse(json)
    if (!Array.isArray(found)) return []
    const ids = new Set<string>()
    return found.slice(0, MOST_PINS).flatMap((one): OwnPanel[] => {
      const { success, data } = pinned.safeParse(one)
      if (!success || ids.has(data.panel.id) || !isAskable(data.panel as Panel)) return []
      ids.add(data.panel.id)
      // The shapes that the schema leaves open are a unit's and a colour's, whose letters it has checked.
      return [data as OwnPanel]
    })
  } catch {
    return []
  }
}

const ANY = { rangeMs: 60_000, stepMs: 1000, scrapeIntervalMs: 1000, target: '', route: undefined, own: '' }

/** Whether its variables are ours. */
function isAskable({ queries }: Panel): boolean {
  try {
    for (const { expr } of queries) substitute(expr, ANY)
    return queries.length > 0
  } catch {
    return false
  }
}

/** The panel as it stands on the reader's board. */
function toPin(given: Panel | OwnPanel): OwnPanel {
  if ('drawing' in given) return { ...given, place: undefined }
  const { tab: _, ...panel } = given
  const title = given.tab === undefined ? given.title : `${given.title} ${given.tab.toLowerCase()}`
  return { panel: { ...panel, title }, drawing: { kind: 'ours' }, width: WIDTHS[given.chart], undrawn: [] }
}

const WIDTHS: Readonly<Record<Panel['chart'], number>> = {
  tile: 6,
  gauge: 6,
  stack: 12,
  lines: 12,
  buckets: 12,
  heatmap: 12,
  exceptions: 12,
  routes: 24,
}

/** The pins with one more at their end; the same where it is among them, or where there is no room. */
export function withPin(pins: readonly OwnPanel[], given: Panel | OwnPanel, id: string): readonly OwnPanel[] {
  const pin = toPin(given)
  const contentOf = ({ panel, drawing }: OwnPanel) => JSON.stringify([{ ...panel, id: '' }, drawing])
  if (pins.some((one) => contentOf(one) === contentOf(pin))) return pins
  const next = [...pins, { ...pin, panel: { ...pin.panel, id } }]
  return next.length > MOST_PINS || JSON.stringify(next).length > MOST_CHARACTERS ? pins : next
}

/** One of them moved by so many places. */
export function moved(pins: readonly OwnPanel[], id: string, by: number): readonly OwnPanel[] {
  const from = pins.findIndex(({ panel }) => panel.id === id)
  const to = from + by
  const pin = pins[from]
  if (pin === undefined || to < 0 || to >= pins.length) return pins
  const others = pins.filter((one) => one !== pin)
  return [...others.slice(0, to), pin, ...others.slice(to)]
}

/** Pins the panel. False where there is no room, or no pin that could be read back. */
export function pin(given: Panel | OwnPanel): boolean {
  const before = parsePins(memory.read())
  const id = `pin-${Date.now().toString(36)}-${before.length}`
  const next = withPin(before, given, id)
  if (next === before) return before.length < MOST_PINS && withPin([], given, id).length === 1
  if (parsePins(JSON.stringify(next)).length !== next.length) return false
  memory.write(JSON.stringify(next))
  return true
}

export function usePins() {
  const json = useSyncExternalStore(memory.subscribe, memory.read, () => '')
  return useMemo(() => {
    const write = (pins: readonly OwnPanel[]) => memory.write(JSON.stringify(pins))
    return {
      pins: parsePins(json),
      remove: (id: string) => write(parsePins(memory.read()).filter(({ panel }) => panel.id !== id)),
      move: (id: string, by: number) => write(moved(parsePins(memory.read()), id, by)),
    }
  }, [json])
}
