import { describe, expect, it } from 'vitest'
import { evaluateInstant, evaluateRange } from '../promql/engine'
import { explain } from '../promql/explain'
import type { Explained, ExplainedNode } from '../promql/explained'
import { PromqlError } from '../promql/promql-error'
import { load } from '../promql/testing/series-notation'
import { explainByAsking } from './explain-by-asking'
import type { Querier } from './querier'
import { QuerierError } from './querier-error'

const source = load(1000, 'a_total{x="1"} 0+1x60\n a_total{x="2"} 0+2x60\n b 7+0x60')
const range = { startMs: 50_000, endMs: 60_000, stepMs: 1000 }

/** Another one who evaluates, and what it was asked. */
function other(): { querier: Pick<Querier, 'instant' | 'range'>; asked: string[] } {
  const asked: string[] = []
  const noted = (expr: string) => {
    asked.push(expr)
    return expr
  }
  return {
    asked,
    querier: {
      instant: (expr, atMs) => evaluateInstant(source, noted(expr), atMs),
      range: (expr, times) => evaluateRange(source, noted(expr), times),
    },
  }
}

/** What both ways have to tell alike. */
function known({ root, stepTimesMs }: Explained) {
  const ofNode = ({ children, described, steps, text, type }: ExplainedNode): unknown => {
    const shown = described?.shown.map(({ labels, present, values }) => ({
      labels,
      values: Array.from(values, (value, step) => (present[step] === 1 ? value : undefined)),
    }))
    const isOnce = steps === 'once' ? 'query' : steps
    return {
      text,
      type,
      isOnce,
      series: described?.series,
      labels: described?.labels,
      shown,
      children: children.map(ofNode),
    }
  }
  return { root: ofNode(root), times: Array.from(stepTimesMs) }
}

describe('an expression that is explained by asking', () => {
  it.each([
    'sum by (x) (rate(a_total[10s])) / on () group_left () b',
    'a_total @ 30 offset 5s',
    '(a_total > 1) * 2',
    'max_over_time(b[10s:5s])',
    'vector(1)',
    '1 + 2',
    'label_replace(b, "x", "$1", "y", "(.*)")',
  ])('tells what our evaluator tells: %s', async (text) => {
    for (const times of [range, { atMs: 60_000 }]) {
      const ours = await explain(source, text, times)
      expect(known(await explainByAsking(other().querier, text, times))).toEqual(known(ours))
    }
  })

  it('asks each part by itself, and a range of samples for the series that it has', async () => {
    const { asked, querier } = other()
    const { root } = await explainByAsking(querier, 'sum(rate(a_total[10s])) * 2', range)
    expect(asked.sort()).toEqual([
      '2',
      'last_over_time(a_total[10s])',
      'rate(a_total[10s])',
      'sum(rate(a_total[10s]))',
      'sum(rate(a_total[10s])) * 2',
    ])
    expect([root.samples, root.ownMs, typeof root.totalMs]).toEqual([undefined, undefined, 'number'])
  })

  it('has the words of a part that is refused, and fails where nobody answers', async () => {
    const { querier } = other()
    const refusing = { ...querier, range: async () => Promise.reject(new PromqlError('too many', 0, 0)) }
    expect((await explainByAsking(refusing, 'b', range)).root.error).toBe('too many')
    const gone = { ...querier, range: async () => Promise.reject(new QuerierError('gone')) }
    await expect(explainByAsking(gone, 'b', range)).rejects.toThrow('gone')
  })

  it('has a limit of questions', async () => {
    const { asked, querier } = other()
    const sum = Array.from({ length: 16 }, () => 'b').join(' + ')
    await expect(explainByAsking(querier, sum, range)).rejects.toThrow(/at most 30 parts.* got 31/)
    expect(asked).toEqual([])
  })
})
