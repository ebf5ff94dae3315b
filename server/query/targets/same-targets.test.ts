// A target that a Prometheus 3 scrapes is up here too, with the same series, and one that it refuses is down here too. The
// real one is the judge: both scrape the same answers.
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { findPrometheus, PROMETHEUS_ADVICE } from '../../../scripts/find-prometheus.mjs'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from '../../exposition/format'
import { answers } from './answers'
import type { Body } from './bodies'
import { openMetricsTexts, texts } from './bodies'
import { mutantsOf } from './mutants'
import type { Answer, Both, Scraped } from './scraped-by-both'
import { answerOf, scrapeByBoth } from './scraped-by-both'

const MUTANTS = 150
const SEED = 8

/** Whether a series was added, Prometheus tells by its text, and by what its storage takes. */
const TOLD_OTHERWISE = /scrape_series_added/

const program = findPrometheus()
const isMissing = program === undefined && !process.env.CI

const NOTHING: Scraped = { error: '', lines: [] }

type Case = { what: string; answer: Answer }

function casesOf(table: Record<string, Body[]>, contentType: string): Case[] {
  return Object.entries(table).flatMap(([what, bodies]) =>
    bodies.map((body) => ({ what: `${what}: ${shown(body)}`, answer: answerOf(body, contentType) })),
  )
}

const shown = (body: Body) => JSON.stringify(typeof body === 'string' ? body : body.toString('latin1'))

const groups: { name: string; cases: Case[]; isNotCompared?: RegExp }[] = [
  { name: 'odd texts', cases: casesOf(texts, PROMETHEUS_CONTENT_TYPE) },
  { name: 'odd OpenMetrics', cases: casesOf(openMetricsTexts, OPENMETRICS_CONTENT_TYPE) },
  {
    name: 'odd HTTP',
    cases: Object.entries(answers).flatMap(([what, all]) =>
      all.map((answer, i) => ({ what: `${what}, ${i}: ${String(answer).slice(0, 200)}`, answer })),
    ),
  },
  {
    name: 'texts with mistakes',
    cases: casesOf({ text: mutantsOf('text', MUTANTS, SEED) }, PROMETHEUS_CONTENT_TYPE),
    isNotCompared: TOLD_OTHERWISE,
  },
  {
    name: 'OpenMetrics with mistakes',
    cases: casesOf({ OpenMetrics: mutantsOf('openMetrics', MUTANTS, SEED) }, OPENMETRICS_CONTENT_TYPE),
    isNotCompared: TOLD_OTHERWISE,
  },
  {
    name: 'HTTP with mistakes',
    cases: mutantsOf('http', MUTANTS, SEED).map((answer) => ({ what: shown(answer), answer })),
  },
]

describe('a real Prometheus and this scraper make the same', () => {
  const scraped = new Map<Case, Both>()

  beforeAll(async () => {
    if (isMissing) return
    if (program === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const scrape = async (cases: readonly Case[]) => {
      const both = await scrapeByBoth(
        program,
        cases.map(({ answer }) => answer),
      )
      for (const [i, one] of both.entries()) if (cases[i] !== undefined) scraped.set(cases[i], one)
    }
    await scrape(groups.flatMap(({ cases }) => cases))
    // A real difference is there again. On a busy machine Prometheus has broken off a sound answer, once in thousands.
    const different = groups.flatMap(({ cases, isNotCompared }) =>
      cases.filter((one) => differenceOf(one, isNotCompared) !== undefined),
    )
    if (different.length > 0) await scrape(different)
  }, 300_000)

  /** Undefined where both have stored the same, and whoever is down says why. */
  function differenceOf(one: Case, isNotCompared?: RegExp) {
    const only = (lines: readonly string[], others: readonly string[]) =>
      lines.filter((line) => !others.includes(line) && !isNotCompared?.test(line))
    const { ours, real } = scraped.get(one) ?? { ours: NOTHING, real: NOTHING }
    const [onlyReal, onlyOurs] = [only(real.lines, ours.lines), only(ours.lines, real.lines)]
    const isUp = ours.lines.includes('{"__name__":"up"} 1 now')
    if (onlyReal.length + onlyOurs.length === 0 && isUp === (ours.error === '') && ours !== NOTHING) return undefined
    return { what: one.what, real: [real.error, ...onlyReal], ours: [ours.error, ...onlyOurs] }
  }

  test.for(groups)('of $name', ({ cases, isNotCompared }, { skip }) => {
    if (isMissing) skip(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    expect(cases.flatMap((one) => differenceOf(one, isNotCompared) ?? [])).toEqual([])
  })
})
