import { describe, expect, test } from 'vitest'
import type { ExploreView } from '../_state/explore-query'
import { MOST_QUERIES, toExploreQuery } from '../_state/explore-query'
import { DEFAULT_VIEW, toCarried, toQuery } from '../_state/view'
import { DEFAULT_EXPLORE, parseExplore } from './parse-explore'

const read = (text: string) => parseExplore(new URLSearchParams(text))
const asked = (expr: string, change = {}) => ({ expr, legend: '', isOff: false, ...change })

describe('Explore in the URL', () => {
  test.each<[string, string, Partial<ExploreView>]>([
    ['nothing is one empty query', '', {}],
    ['queries stand in their order', 'g0.expr=up&g1.expr=1', { queries: [asked('up'), asked('1')] }],
    ['a place without an expression is none', 'g1.expr=up&g1.legend=x', { queries: [asked('up', { legend: 'x' })] }],
    ['a query may be off', 'g0.expr=up&g0.off=1', { queries: [asked('up', { isOff: true })] }],
    ['more than there may be are left out', 'g9.expr=up', {}],
    ['an expression that is too long is none', `g0.expr=${'x'.repeat(8001)}`, {}],
    ['view, chart and unit', 'show=table&chart=stack&unit=bytes', { show: 'table', drawing: 'stack', unit: 'bytes' }],
    ['unknown ones are the default', 'show=all&chart=pie&unit=miles&step=soon', {}],
    ['a step is a duration', 'step=1m', { step: 60_000 }],
    ['or a resolution', 'step=fine', { step: 'fine' }],
    ['a step of nothing is the default', 'step=0s', {}],
    ['a name that every object has is no resolution', 'step=toString', {}],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual({ ...DEFAULT_EXPLORE, ...expected }))

  test('what is written is read again, and what belongs to others stays', () => {
    const view: ExploreView = {
      queries: [asked('a{b="ü&="}', { legend: '{{b}}', isOff: true }), asked('')],
      show: 'table',
      drawing: 'bars',
      unit: 'seconds',
      step: 1500,
    }
    const query = toExploreQuery(view, '?range=1h&g0.expr=old&g5.expr=gone&show=graph')
    expect(read(query)).toEqual(view)
    expect(new URLSearchParams(query).get('range')).toBe('1h')
    expect(toExploreQuery(DEFAULT_EXPLORE, '?g0.expr=old')).toBe('')
  })

  test('there are as many queries as fit', () => {
    const many = Array.from({ length: MOST_QUERIES + 1 }, (_, i) => asked(`${i}`))
    expect(read(toExploreQuery({ ...DEFAULT_EXPLORE, queries: many }, '')).queries).toHaveLength(MOST_QUERIES)
  })
})

describe('between pages', () => {
  test('target, time and filters go along; order and tabs stay', () => {
    const view = { ...DEFAULT_VIEW, target: 'a/b:1', route: '/x', traffic: 'all' as const, sort: '-p95', tabs: ['t'] }
    expect(toQuery(toCarried(view))).toBe('?target=a%2Fb%3A1&route=%2Fx&traffic=all')
  })

  test('a change of the view leaves alone what it does not know', () => {
    const query = toQuery({ ...DEFAULT_VIEW, rangeMs: 3_600_000 }, '?g0.expr=up&range=1m&from=1&to=2')
    expect(query).toBe('?g0.expr=up&range=1h')
  })
})
