import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { placeBelow } from './page-start'

test.each([
  ['', '/api/trpc'],
  ['/hearth', '/hearth/api/trpc'],
  ['/shop/hearth', '/shop/hearth/api/trpc'],
])('below %j tRPC answers at %s', (base, url) => {
  expect(placeBelow(base).doors.trpc).toBe(url)
})

test('whoever has logged in can log out, and nobody else', () => {
  expect(placeBelow('/hearth', true).doors.logout).toBe('/hearth/logout')
  expect(placeBelow('', true).doors.logout).toBe('/logout')
  expect(placeBelow('/hearth').doors.logout).toBeUndefined()
})

test.each([
  ['(hearth)', true],
  ['/_next/*', true],
  ['/', false],
  ['/hearth/[[...path]]', false],
  ['(unmatched)', false],
])('%s is of its own, whatever the base: %s', (route, isOwn) => {
  for (const base of ['', '/hearth', '/fr/hearth']) {
    expect(RE2JS.matches(placeBelow(base).ownRoutes, route)).toBe(isOwn)
  }
})
