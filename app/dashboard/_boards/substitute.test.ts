import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { OWN_ROUTES } from './own-traffic'
import type { Variables } from './substitute'
import { substitute, toLiteralRegex } from './substitute'
import { toTargetMatchers } from './target-matchers'

const variables: Variables = {
  rangeMs: 300_000,
  stepMs: 1000,
  scrapeIntervalMs: 1000,
  target: 'job="a"',
  route: undefined,
  own: '',
}

describe('the variables of a board', () => {
  test.each<[string, string, Partial<Variables>, string]>([
    ['the range in its largest unit', 'x[$__range]', {}, 'x[5m]'],
    ['an hour', 'x[$__range] offset $__range', { rangeMs: 3_600_000 }, 'x[1h] offset 1h'],
    ['twice the range', 'x offset $__two_ranges', { rangeMs: 900_000 }, 'x offset 30m'],
    ['the step', 'x[$__interval]', { stepMs: 12_000 }, 'x[12s]'],
    ['an interval below a second', 'x[$__interval]', { stepMs: 250 }, 'x[250ms]'],
    ['a rate has at least four scrapes', 'x[$__rate_interval]', {}, 'x[4s]'],
    ['or one scrape more than the step', 'x[$__rate_interval]', { stepMs: 12_000 }, 'x[13s]'],
    ['a minute', 'x[$__minute]', {}, 'x[1m]'],
    ['a minute that holds four scrapes', 'x[$__minute]', { scrapeIntervalMs: 30_000 }, 'x[2m]'],
    ['the target is matchers', 'x{$target,y="z"}', {}, 'x{job="a",y="z"}'],
    ['no route is every route', 'x{route=~"$route"}', {}, 'x{route=~".*"}'],
    ['a route is escaped twice', 'x{route=~"$route"}', { route: '/a/[id]' }, 'x{route=~"/a/\\\\[id\\\\]"}'],
    ['a quote cannot leave its string', 'x{route=~"$route"}', { route: '"}' }, 'x{route=~"\\"\\\\}"}'],
    ['no own traffic is hidden', 'x{route!~"$own"}', {}, 'x{route!~""}'],
    ['an own route that is escaped', 'x{route!~"$own"}', { own: '/\\[a\\]' }, 'x{route!~"/\\\\[a\\\\]"}'],
    ['a dollar that names nothing stays', 'x{y=~"a$"}', {}, 'x{y=~"a$"}'],
  ])('%s', (_, expr, changes, expected) => {
    expect(substitute(expr, { ...variables, ...changes })).toBe(expected)
  })

  test('a variable that does not exist is refused', () => {
    expect(() => substitute('x[$__intervall]', variables)).toThrow('no variable $__intervall')
  })

  test('the value of one variable is never read as another', () => {
    expect(substitute('x{route=~"$route"}', { ...variables, route: '/$own' })).toBe('x{route=~"/\\\\$own"}')
  })

  test('nothing in a target is read as another variable', () => {
    expect(substitute('x{$target}', { ...variables, target: toTargetMatchers({ job: '$own', instance: 'a:1' }) })).toBe(
      'x{job="$own",instance="a:1"}',
    )
  })

  test('an escaped route matches itself and nothing else, in RE2', () => {
    const text = fc.string({ maxLength: 30, unit: fc.constantFrom(...'ab/[]().*+?^$|{}\\"-…') })
    fc.assert(
      fc.property(text, text, (route, other) => {
        expect(RE2JS.matches(toLiteralRegex(route), other)).toBe(route === other)
        expect(RE2JS.matches(toLiteralRegex(route), route)).toBe(true)
      }),
    )
  })
})

describe('the matchers of a target', () => {
  test.each([
    ['one target', { job: 'orders', instance: '10.0.0.7:8000' }, 'job="orders",instance="10.0.0.7:8000"'],
    ['a quote and a backslash', { job: 'a"\\', instance: '[::1]:80' }, 'job="a\\"\\\\",instance="[::1]:80"'],
    ['all, even those without a job', undefined, 'job=~".*"'],
  ])('%s', (_, target, matchers) => {
    expect(toTargetMatchers(target)).toBe(matchers)
  })
})

describe('own traffic', () => {
  test.each([
    ['/dashboard', true],
    ['/dashboard/explore', true],
    ['/dashboards', false],
    ['/api/trpc/[trpc]', true],
    ['/api/trpc/x', false],
    ['/metrics', true],
    ['/api/metrics', true],
    ['/metrics/mine', false],
    ['/prometheus/api/v1/query', true],
    ['/_next/*', true],
    ['/icon.svg', true],
    ['/', false],
    ['(unmatched)', false],
    ['(file)', false],
  ])('%s: %s', (route, isOwn) => {
    expect(RE2JS.matches(OWN_ROUTES, route)).toBe(isOwn)
  })
})
