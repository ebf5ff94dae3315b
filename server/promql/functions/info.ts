// info: adds to each series the labels of the info series (target_info by default) of the same instance and job.
import type { Labels } from '../../exposition/snapshot'
import type { CompiledMatcher } from '../../storage/matcher'
import { compileMatcher, labelValue } from '../../storage/matcher'
import type { Matcher } from '../../storage/series'
import type { Call } from '../ast'
import { argument, unwrapParens } from '../ast'
import type { Budget } from '../budget'
import type { Column, NewColumn } from '../columns'
import { emptyColumn, groupByKey, mergeEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { formatLabels, isMetadataLabel, keyOn, LABELS_BYTES, nameLabel, withLabel } from '../labels'
import { PromqlError } from '../promql-error'
import { selectInstant } from '../selectors'

const identifying = ['instance', 'job']
const defaultName: Matcher = { name: nameLabel, op: '=', value: 'target_info' }
const anyInfo: Matcher = { name: nameLabel, op: '=~', value: '.+_info' }

/**
 * The second argument is no vector: its matchers say which info series count and which of their labels are added.
 * Throws PromqlError where two info series of one metric are equally new, or where two metrics don't agree on a label.
 */
export async function info(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const columns = await evaluation.vector(argument(call, 0))
  const wanted = matchersOf(call)
  const names = namesOf(wanted)
  const others = wanted.filter(({ name }) => name !== nameLabel)
  const isInfo = names.map(compileMatcher)
  const plain = await evaluation.budget.finish(plainOf(columns, isInfo))
  const infos = plain.some(isIdentified) ? await infoSeries([...names, ...others], call, evaluation) : []
  const enrich = await enricher(infos, others, call, evaluation.budget)
  const isPlain = new Set(plain)
  const enriched: Column[] = []
  for (const column of columns) {
    if (isPlain.has(column)) enriched.push(...(await enrich(column)))
    else enriched.push(column)
  }
  return { type: 'vector', columns: await mergeEqual(enriched, evaluation.budget) }
}

/**
 * Which metrics are info metrics: target_info where nothing is said of names, and of what ends in _info where it is only
 * said which ones are not.
 */
function namesOf(wanted: readonly Matcher[]): Matcher[] {
  const names = wanted.filter(({ name }) => name === nameLabel)
  if (names.length === 0) return [defaultName]
  return names.every(({ op }) => op === '!=' || op === '!~') ? [anyInfo, ...names] : names
}

function isIdentified({ labels }: Column): boolean {
  return identifying.some((name) => labelValue(labels, name) !== '')
}

/** Those that are no info series themselves. */
function* plainOf(columns: readonly Column[], isInfo: readonly CompiledMatcher[]): Generator<void, Column[]> {
  const plain: Column[] = []
  for (const column of columns) {
    yield
    const name = labelValue(column.labels, nameLabel)
    if (!isInfo.every(({ accepts }) => accepts(name))) plain.push(column)
  }
  return plain
}

function matchersOf({ args: [, selector] }: Call): Matcher[] {
  const labels = selector && unwrapParens(selector)
  return labels?.kind === 'vectorSelector' ? labels.matchers : []
}

/** The info series with the times of their samples as values. */
function infoSeries(matchers: Matcher[], { from, to }: Call, evaluation: Evaluation): Promise<Column[]> {
  const selector = { kind: 'vectorSelector', name: '', matchers, offsetMs: 0, at: undefined, from, to } as const
  return selectInstant(selector, evaluation, 'sampleTimes')
}

/** Splits a column into one for each set of labels that the info series give it over time. */
async function enricher(
  infos: readonly Column[],
  wanted: Matcher[],
  call: Call,
  budget: Budget,
): Promise<(column: Column) => Promise<Column[]>> {
  const refusesEmpty = wanted.map(compileMatcher).some(({ accepts }) => !accepts(''))
  const names = new Set(wanted.map(({ name }) => name))
  const byTarget = await groupByKey(infos, (labels) => keyOn(labels, identifying), budget)
  return async (column) => {
    const candidates = (isIdentified(column) && byTarget.get(keyOn(column.labels, identifying))) || []
    const results = new Map<string, NewColumn | undefined>()
    for (let step = 0; step < column.present.length; step++) {
      if (budget.isDue) await budget.pause()
      if (column.present[step] !== 1) continue
      const newest = newestAt(candidates, step, call)
      const key = newest.map((candidate) => candidates.indexOf(candidate)).join()
      if (!results.has(key)) results.set(key, resultFor(column, newest, names, refusesEmpty, call, budget))
      const result = results.get(key)
      if (!result) continue
      result.values[step] = column.values[step] ?? 0
      result.present[step] = 1
    }
    return [...results.values()].filter((result) => result !== undefined)
  }
}

/** Of each info metric the series whose sample is the newest. */
function newestAt(candidates: Column[], step: number, { from, to }: Call): Column[] {
  const newest = new Map<string, Column>()
  for (const candidate of candidates) {
    if (candidate.present[step] !== 1) continue
    const name = labelValue(candidate.labels, nameLabel)
    const known = newest.get(name)
    const [knownMs, tMs] = [known?.values[step] ?? Number.NEGATIVE_INFINITY, candidate.values[step] ?? 0]
    if (known && knownMs === tMs) {
      const both = `existing ${formatLabels(known.labels)} @ ${knownMs}, new ${formatLabels(candidate.labels)} @ ${tMs}`
      throw new PromqlError(`found duplicate series for info metric: ${both}`, from, to)
    }
    if (tMs > knownMs) newest.set(name, candidate)
  }
  return [...newest.values()]
}

/** Labels that the series has stay as they are. Undefined where labels were asked for and there is no info series. */
function resultFor(
  column: Column,
  infos: Column[],
  names: Set<string>,
  refusesEmpty: boolean,
  { from, to }: Call,
  budget: Budget,
) {
  if (infos.length === 0 && refusesEmpty) return undefined
  let added: Labels = {}
  for (const { labels } of infos) {
    for (const [name, value] of Object.entries(labels)) {
      if (isMetadataLabel(name) || (names.size > 0 && !names.has(name))) continue
      const known = labelValue(added, name)
      if (known !== '' && known !== value) throw new PromqlError(`conflicting label: ${name}`, from, to)
      if (labelValue(column.labels, name) === '') added = withLabel(added, name, value)
    }
  }
  const entries = Object.entries(added)
  const labels = entries.reduce((sum, [name, value]) => withLabel(sum, name, value), column.labels)
  budget.hold(LABELS_BYTES)
  return emptyColumn(labels, column.present.length, budget)
}
