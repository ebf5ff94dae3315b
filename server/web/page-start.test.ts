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

test.each([
  ['', '/_next/*', true],
  ['', '/', false],
  ['', '/hearth/[[...path]]', false],
  ['/hearth', '/hearth/[[...path]]', true],
  ['/hearth', '/hearth/[...path]', true],
  ['/hearth', '/hearth', true],
  ['/hearth', '/hearths', false],
  ['/hearth', '/products/[[...path]]', false],
  ['/hearth', '/', false],
  ['/hearth', '(unmatched)', false],
  ['/shop/hearth', '/hearth/[[...path]]', true],
  ['/shop/hearth', '/shop/[id]', false],
  ['/fr/hearth', '/[locale]/hearth/[[...path]]', true],
  ['/fr/hearth', '/[locale]', false],
  ['/api/a.b', '/api/a.b/[[...path]]', true],
  ['/api/a.b', '/api/aXb/[[...path]]', false],
])('below %j, %s is of its own: %s', (base, route, isOwn) => {
  expect(RE2JS.matches(placeBelow(base).ownRoutes, route)).toBe(isOwn)
})
