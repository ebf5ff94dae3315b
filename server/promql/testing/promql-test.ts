// Reads the notation of Prometheus's own PromQL tests (promqltest): load, eval, expect, clear. A first line of the kind
// `# --enable-feature=a,b` switches features on. Native histograms are beyond it.
import { parseDuration } from '../../duration'
import type { Features } from '../../features'
import { NO_FEATURES, parseFeatures } from '../../features'
import type { Series } from '../../storage/series'
import type { Range } from '../value'
import { parseSeries } from './series-notation'

/** What an answer is to be: `level` of a remark, or a failure; `text` is what it says, or what matches it. */
export type Expectation = {
  kind: 'fail' | 'warn' | 'info' | 'no_warn' | 'no_info' | 'ordered' | 'string'
  text: string | RegExp | undefined
}

export type Case = {
  line: number
  expr: string
  at: { atMs: number } | Range
  expectations: Expectation[]
  /** Series with their values, or one number, as they are written. */
  results: string[]
  series: readonly Series[]
  features: Features
}

const EVAL = /^eval(_fail|_warn|_info|_ordered)? (?:instant at (\S+)|range from (\S+) to (\S+) step (\S+)) (.+)$/

/** The cases of a file with the series that each of them is asked about. Throws an Error for what it can't read. */
export function readPromqlTest(text: string): Case[] {
  const features = featuresOf(text)
  const cases: Case[] = []
  let series: readonly Series[] = []
  let open: { loadStepMs: number } | Case | undefined
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.replace(/^\s*#.*$/, '').trimEnd()
    const refuse = (what: string) => new Error(`line ${i + 1}: expected ${what}, got ${line}`)
    if (line === '') {
      open = undefined
    } else if (!/^\s/.test(line)) {
      const [, loadStep] = /^load (\S+)$/.exec(line) ?? []
      open = loadStep === undefined ? undefined : { loadStepMs: parseTime(loadStep) }
      if (line === 'clear') series = []
      else if (open === undefined) {
        open = beginCase(line, { line: i + 1, series, features })
        if (!open) throw refuse('load, eval or clear')
        cases.push(open)
      }
    } else if (open === undefined) throw refuse('load or eval before what is indented')
    else if ('loadStepMs' in open) series = [...series, parseSeries(line.trim(), open.loadStepMs)]
    else if (/^\s*expect /.test(line)) open.expectations.push(parseExpectation(line.trim()))
    else open.results.push(line.trim())
  }
  return cases
}

function featuresOf(text: string): Features {
  const names = /^# --enable-feature=(\S+)/.exec(text)?.[1]
  const features = names === undefined ? NO_FEATURES : parseFeatures(names)
  if (features) return features
  throw new Error(`expected feature flags that there are, got ${names}`)
}

function beginCase(line: string, where: Pick<Case, 'line' | 'series' | 'features'>): Case | undefined {
  const [, short, at, from, to, step, expr] = EVAL.exec(line) ?? []
  if (expr === undefined) return undefined
  const expectations: Expectation[] = []
  if (short) expectations.push(parseExpectation(`expect ${short.slice(1)}`))
  if (at !== undefined) return { ...where, expr, at: { atMs: parseTime(at) }, expectations, results: [] }
  const [startMs, endMs, stepMs] = [from, to, step].map((time = '') => parseTime(time))
  if (startMs === undefined || endMs === undefined || stepMs === undefined) return undefined
  return { ...where, expr, at: { startMs, endMs, stepMs }, expectations, results: [] }
}

function parseExpectation(line: string): Expectation {
  const [, kind, how, text = ''] =
    /^expect (fail|warn|info|no_warn|no_info|ordered|string)(?: (msg:|regex:)?\s*(.*))?$/.exec(line) ?? []
  if (kind === undefined) throw new Error(`expected fail, warn, info, no_warn, no_info, ordered or string, got ${line}`)
  const said = how === 'regex:' ? new RegExp(text) : kind === 'string' || how === 'msg:' ? text : undefined
  return { kind: kind as Expectation['kind'], text: said }
}

/** Milliseconds of a duration or of a number of seconds, either of which may be negative. */
function parseTime(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  const size = text.replace(/^-/, '')
  return sign * (/^[\d.]+$/.test(size) ? Number(size) * 1000 : parseDuration(size))
}
