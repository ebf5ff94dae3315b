import { expect, test } from 'vitest'
import { toBandPath, toLinePath } from './svg-path'

test.each<[string, (number | null)[], string]>([
  ['a line goes through its points', [3, 2, 1], 'M0 3L10 2L20 1'],
  ['it breaks at a gap', [3, 2, null, 4, 5], 'M0 3L10 2M30 4L40 5'],
  ['a point alone is a dot', [null, 2, null], 'M10 2h0'],
  ['gaps at the ends are left out', [null, 2, 3, null], 'M10 2L20 3'],
  ['nothing is nothing', [], ''],
  ['only gaps are nothing', [null, null], ''],
  ['tenths are enough', [1.26, 1.24], 'M0 1.3L10 1.2'],
])('%s', (_, ys, path) => {
  expect(toLinePath([0, 10, 20, 30, 40], ys)).toBe(path)
})

test('a band goes along its top and back along its bottom, run by run', () => {
  expect(toBandPath([0, 10, 20, 30, 40], [1, 2, null, 3, 4], [9, 8, null, 7, 6])).toBe(
    'M0 1L10 2L10 8L0 9ZM30 3L40 4L40 6L30 7Z',
  )
})
