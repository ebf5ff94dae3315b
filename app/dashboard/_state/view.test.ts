import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_VIEW, parseView, RANGES, toQuery } from './view'

describe('a view in the URL', () => {
  test.each([
    ['nothing is the default', '', DEFAULT_VIEW],
    ['a known range counts', 'range=1h', { ...DEFAULT_VIEW, rangeMs: 3_600_000 }],
    ['an unknown range is the default', 'range=2h', DEFAULT_VIEW],
    ['a range of another spelling is the default', 'range=5M', DEFAULT_VIEW],
    ['a route may hold any character', 'route=%2Fusers%2F%5Bid%5D', { ...DEFAULT_VIEW, route: '/users/[id]' }],
    ['an empty route is none', 'route=', DEFAULT_VIEW],
    ['a route that is too long is none', `route=${'x'.repeat(600)}`, DEFAULT_VIEW],
    ['a target', 'target=orders%2F10.0.0.7%3A8000', { ...DEFAULT_VIEW, target: 'orders/10.0.0.7:8000' }],
    ['an empty target is none', 'target=', DEFAULT_VIEW],
    ['a target that is too long is none', `target=${'x'.repeat(601)}`, DEFAULT_VIEW],
    ['only `all` shows all traffic', 'traffic=everything', DEFAULT_VIEW],
  ])('%s', (_, query, view) => {
    expect(parseView(Object.fromEntries(new URLSearchParams(query)))).toEqual(view)
  })

  test('the first of two counts', () => {
    expect(parseView({ range: ['1m', '1h'] })).toEqual({ ...DEFAULT_VIEW, rangeMs: 60_000 })
  })

  test('what is written is read back', () => {
    const views = fc.record({
      target: fc.option(fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), { nil: undefined }),
      rangeMs: fc.constantFrom(...RANGES.map(({ rangeMs }) => rangeMs)),
      route: fc.option(fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), { nil: undefined }),
      traffic: fc.constantFrom('app' as const, 'all' as const),
    })
    fc.assert(
      fc.property(views, (view) => {
        expect(parseView(Object.fromEntries(new URLSearchParams(toQuery(view))))).toEqual(view)
      }),
    )
  })

  test('the default view leaves the URL alone', () => {
    expect(toQuery(DEFAULT_VIEW)).toBe('')
  })
})
