import { expect, test } from 'vitest'
import { createHearth } from './index'
import { hearthListener } from './node'

test.each(['/', '/hearth/', 'hearth', '/a//b', '/a?b'])('%s is no base', (base) => {
  const refused = new TypeError(
    `expected a path such as /hearth as the base, without a slash at its end, got ${JSON.stringify(base)}`,
  )
  expect(() => createHearth({ base })).toThrow(refused)
  expect(() => hearthListener({ base })).toThrow(refused)
})

test.each(['', '/hearth', '/admin/hearth'])('"%s" is a base', (base) => {
  expect(() => createHearth({ base })).not.toThrow()
  expect(() => hearthListener({ base })).not.toThrow()
})
