// What the variables of a board can be, asked of the page's own Prometheus API, and what is chosen of that.
import type { Chosen, Times, Values } from './fill'
import { fillExpr, namesIn } from './fill'
import { listOf, objectsOf } from './json'
import type { BoardVariable, Option, OptionQuery } from './model'
import { MOST_OPTIONS } from './model'
import { ALL } from './read-variables'

export type Resolved = {
  variable: BoardVariable
  options: readonly Option[]
  /** What the picker shows: values, or ALL alone. */
  picked: readonly string[]
  chosen: Chosen
  /** Why there are no options. */
  error: string | undefined
  /** There are more. */
  isCut: boolean
}

/** Of an option; what is longer is nobody's label. */
const LONGEST_VALUE = 500

/** Asks below `/api/v1`: the answer's `data`. Rejects with an Error that says why not. */
export type AskApi = (path: string, query: Readonly<Record<string, string>>) => Promise<unknown>

export type ResolveInput = {
  variables: readonly BoardVariable[]
  /** As the URL has them. */
  picks: ReadonlyMap<string, readonly string[]>
  /** Labels of the target that the reader has chosen, which variables of the same name begin with. */
  preferred: Readonly<Record<string, string>>
  times: Times
  /** PromQL without variables of time. */
  fillTimes(expr: string): string
  ask: AskApi
}

/** In the board's order. A variable is asked after those that its query names. */
export async function resolveVariables(input: ResolveInput): Promise<Resolved[]> {
  const { variables } = input
  const names = new Set(variables.map(({ name }) => name))
  const found = new Map<string, Resolved>()
  const isReady = (variable: BoardVariable) =>
    dependsOn(variable).every((name) => name === variable.name || found.has(name) || !names.has(name))
  for (;;) {
    const waiting = variables.filter(({ name }) => !found.has(name))
    if (waiting.length === 0) break
    const ready = waiting.filter(isReady)
    const values: Values = new Map([...found].map(([name, { chosen }]) => [name, chosen]))
    const resolved =
      ready.length > 0
        ? await Promise.all(ready.map((variable) => resolve(variable, values, input)))
        : waiting.map((variable) => choose(variable, [], input, 'its query depends on itself'))
    for (const one of resolved) found.set(one.variable.name, one)
  }
  return variables.flatMap(({ name }) => found.get(name) ?? [])
}

function dependsOn({ options }: BoardVariable): string[] {
  return options.kind === 'asked' ? namesIn(`${textsOf(options.query).join(' ')} ${options.regex}`) : []
}

function textsOf(query: OptionQuery): string[] {
  switch (query.kind) {
    case 'labelValues':
      return [query.match ?? '', query.label]
    case 'labelNames':
      return []
    case 'metrics':
      return [query.regex]
    case 'queryResult':
      return [query.expr]
    case 'series':
      return [query.match]
  }
}

async function resolve(variable: BoardVariable, values: Values, input: ResolveInput): Promise<Resolved> {
  const { options } = variable
  if (options.kind === 'listed') return choose(variable, options.list, input)
  if (options.kind === 'typed') return choose(variable, [], input)
  try {
    const asked = await askOptions(options.query, values, input)
    const cut = await withRegex(asked, options.regex)
    return choose(variable, sorted(cut, options.sort), input)
  } catch (error) {
    return choose(variable, [], input, error instanceof Error ? error.message : String(error))
  }
}

async function askOptions(
  query: OptionQuery,
  values: Values,
  { ask, times, fillTimes }: ResolveInput,
): Promise<string[]> {
  const fill = (text: string) => fillTimes(fillExpr(text, values, times))
  const { rangeMs, endMs } = times
  const time = { start: `${(endMs - rangeMs) / 1000}`, end: `${endMs / 1000}` }
  switch (query.kind) {
    case 'labelValues': {
      const asked: Record<string, string> = query.match === undefined ? time : { ...time, 'match[]': fill(query.match) }
      return textsIn(await ask(`label/${encodeURIComponent(fill(query.label))}/values`, asked))
    }
    case 'labelNames':
      return textsIn(await ask('labels', time))
    case 'metrics': {
      const names = textsIn(await ask('label/__name__/values', time))
      return (await withRegex(names, `/${fill(query.regex) || '.*'}/`)).map(({ value }) => value)
    }
    case 'queryResult': {
      const answer = await ask('query', { query: fill(query.expr), time: time.end })
      return rowsIn(answer).map(({ metric, value }) => `${toSeriesText(metric)} ${value[1]} ${value[0] * 1000}`)
    }
    case 'series':
      return seriesIn(await ask('series', { 'match[]': fill(query.match), ...time })).map(toSeriesText)
  }
}

type Row = { metric: Readonly<Record<string, string>>; value: readonly [number, string] }

const textsIn = (found: unknown): string[] => listOf(found).filter((one) => typeof one === 'string')
const seriesIn = (found: unknown) => objectsOf(found) as readonly Readonly<Record<string, string>>[]

/** Of a vector; a scalar is one without labels. */
function rowsIn(found: unknown): Row[] {
  const { resultType, result } = found as { resultType?: string; result: unknown }
  if (resultType === 'scalar') return [{ metric: {}, value: result as Row['value'] }]
  return resultType === 'vector' ? (result as Row[]) : []
}

/** `up{instance="a", job="b"}` */
function toSeriesText(metric: Readonly<Record<string, string>>): string {
  const { __name__: name = '', ...labels } = metric
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return `${name}{${pairs.join(', ')}}`
}

/**
 * Those that the expression finds: its first group, or its groups `value` and `text`, else the whole of it. It runs in RE2, whose
 * time is linear: a file may be anybody's.
 */
export async function withRegex(texts: readonly string[], regex: string): Promise<Option[]> {
  const short = texts.filter((text) => text.length <= LONGEST_VALUE)
  if (regex === '') return distinct(short.map((text) => ({ value: text, text })))
  const [, written, flags = ''] = /^\/(.*)\/([gimsuy]*)$/s.exec(regex) ?? []
  const { RE2JS } = await import('re2js')
  let compiled: ReturnType<typeof RE2JS.compile>
  try {
    const source = written ?? `^${regex}$`
    compiled = RE2JS.compile(source.replaceAll('(?<', '(?P<'), flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0)
  } catch {
    throw new Error(`its regular expression is not one of RE2: ${regex.slice(0, 100)}`)
  }
  const groups = compiled.namedGroups()
  return distinct(
    short.flatMap((whole): Option[] => {
      const matcher = compiled.matcher(whole)
      if (!matcher.find()) return []
      const named = (name: string) => (Object.hasOwn(groups, name) ? matcher.group(name) : null)
      const first = compiled.groupCount() > 0 ? matcher.group(1) : whole
      const value = named('value') ?? named('text') ?? first
      return value === null || value === undefined ? [] : [{ value, text: named('text') ?? value }]
    }),
  )
}

function distinct(options: readonly Option[]): Option[] {
  return [...new Map(options.map((option) => [option.value, option])).values()]
}

const byText = new Intl.Collator('en')
const byNumber = new Intl.Collator('en', { numeric: true })

/** Grafana's numbers: 0 as they came, 1 and 2 by the alphabet, 3 and 4 by the numbers in them, 5 and 6 in whichever case. */
function sorted(options: readonly Option[], sort: number): readonly Option[] {
  if (sort === 0) return options
  const collator = sort === 3 || sort === 4 || sort > 6 ? byNumber : byText
  const ascending = [...options].sort((a, b) => collator.compare(a.text, b.text))
  return sort % 2 === 0 ? ascending.reverse() : ascending
}

/** What the URL says; else the target's own; else what the file says, if there is such a value; else all, or the first. */
function choose(variable: BoardVariable, all: readonly Option[], input: ResolveInput, error?: string): Resolved {
  const { name, isMulti, hasAll, allValue, current } = variable
  const options = all.slice(0, MOST_OPTIONS)
  const has = (value: string) => options.some((option) => option.value === value)
  const canAll = (values: readonly string[]) => hasAll && values.includes(ALL)
  const asked = input.picks.get(name)
  const label =
    variable.options.kind === 'asked' && variable.options.query.kind === 'labelValues'
      ? variable.options.query.label
      : name
  const preferred = Object.hasOwn(input.preferred, label) ? input.preferred[label] : undefined
  const known = variable.options.kind === 'typed' ? current : current.filter(has)
  const first = options[0]
  let picked: readonly string[]
  if (asked !== undefined && asked.length > 0) picked = canAll(asked) ? [ALL] : asked.filter((value) => value !== ALL)
  else if (preferred !== undefined && has(preferred)) picked = [preferred]
  else if (canAll(current)) picked = [ALL]
  else if (known.length > 0) picked = known
  else if (hasAll) picked = [ALL]
  else picked = first === undefined ? [] : [first.value]
  if (!isMulti) picked = picked.slice(0, 1)
  const isAll = picked[0] === ALL
  const values = isAll ? options.map(({ value }) => value) : picked
  const chosen: Chosen = { values, allValue, isAll, isRegex: isMulti || hasAll }
  return { variable, options, picked, chosen, error, isCut: all.length > MOST_OPTIONS }
}
