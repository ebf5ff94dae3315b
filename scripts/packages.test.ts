import { expect, test } from 'vitest'
import { isSatisfied } from './packages.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a-for-macos': { version: '1.0.0', optional: true },
}

test.each([
  ['all is there', { 'node_modules/a': { version: '1.0.0' } }, true],
  ['one is of another version', { 'node_modules/a': { version: '1.0.1' } }, false],
  ['one is missing', {}, false],
  [
    'an optional one is of another version',
    { 'node_modules/a': { version: '1.0.0' }, 'node_modules/a-for-macos': { version: '0.9.0' } },
    false,
  ],
  ['one is there that nothing wants', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': {} }, true],
])('where %s, nothing is missing: %#', (_case, present, expected) => {
  expect(isSatisfied(wanted, present)).toBe(expected)
})
