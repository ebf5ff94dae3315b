import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_VIEW, parseView, RANGES, shownTimeOf, toQuery } from './view'

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
    [
      'a window in milliseconds',
      'from=1764347123456&to=1764347183456',
      { ...DEFAULT_VIEW, window: { from: '1764347123456', to: '1764347183456' } },
    ],
    [
      'a window, and the range that it came from',
      'range=1h&from=now-2h&to=now-1h',
      { ...DEFAULT_VIEW, rangeMs: 3_600_000, window: { from: 'now-2h', to: 'now-1h' } },
    ],
    ['what ends now is live', 'from=now-15m&to=now', { ...DEFAULT_VIEW, rangeMs: 900_000 }],
    ['without an end it ends now', 'from=now-7m', { ...DEFAULT_VIEW, rangeMs: 420_000 }],
    ['a window without a beginning is none', 'to=1764347183456', DEFAULT_VIEW],
    ['times that are none are the default', 'from=then&to=now', DEFAULT_VIEW],
    [
      'a live range that is too long is the default',
      'from=now-99y&to=now',
      { ...DEFAULT_VIEW, window: { from: 'now-99y', to: 'now' } },
    ],
    ['an order, and tabs', 'sort=-p95&tab=a,b', { ...DEFAULT_VIEW, sort: '-p95', tabs: ['a', 'b'] }],
    ['empty tabs are none', 'tab=,', DEFAULT_VIEW],
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
      window: fc.constantFrom(
        undefined,
        { from: '1764347123456', to: '1764347183456' },
        { from: 'now-1d/d', to: 'now-1d/d' },
      ),
      route: fc.option(fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), { nil: undefined }),
      traffic: fc.constantFrom('app' as const, 'all' as const),
      sort: fc.constantFrom(undefined, '-p95', 'route'),
      tabs: fc.uniqueArray(fc.stringMatching(/^[a-z-]{1,30}$/), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(views, (view) => {
        expect(parseView(Object.fromEntries(new URLSearchParams(toQuery(view))))).toEqual(view)
      }),
    )
  })

  test('a live range without a button is written as Grafana writes it', () => {
    const view = { ...DEFAULT_VIEW, rangeMs: 420_000 }
    expect(toQuery(view)).toBe('?from=now-420s&to=now')
    expect(parseView({ from: 'now-420s', to: 'now' })).toEqual(view)
  })

  test('the default view leaves the URL alone', () => {
    expect(toQuery(DEFAULT_VIEW)).toBe('')
  })
})

describe('the time that is shown', () => {
  const NOW = 1_764_347_123_456
  const live = { rangeMs: 300_000, endMs: undefined }
  test.each([
    ['without a window it is live', undefined, live],
    [
      'a window stands still',
      { from: '1764347000000', to: '1764347060000' },
      { rangeMs: 60_000, endMs: 1_764_347_060_000 },
    ],
    [
      'what is relative counts from now',
      { from: 'now-2h', to: 'now-1h' },
      { rangeMs: 3_600_000, endMs: NOW - 3_600_000 },
    ],
    ['one that ends before it begins is none', { from: 'now', to: 'now-1h' }, live],
    ['one of a moment is none', { from: 'now', to: 'now' }, live],
    ['one that is too long is none', { from: 'now-99y', to: 'now' }, live],
    ['one that was never is none', { from: '2026-13-01', to: 'now' }, live],
  ])('%s', (_, window, shown) => {
    expect(shownTimeOf({ rangeMs: 300_000, window }, NOW)).toEqual(shown)
  })
})
