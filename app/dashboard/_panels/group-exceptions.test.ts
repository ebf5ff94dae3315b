import { describe, expect, test } from 'vitest'
import type { RecentException } from '@/server/instrument/exception-log'
import { groupExceptions } from './group-exceptions'

const at = (atMs: number, changes: Partial<RecentException> = {}): RecentException => ({
  id: String(atMs),
  atMs,
  kind: 'route',
  route: '/pay',
  method: 'POST',
  name: 'Declined',
  message: 'no funds',
  ...changes,
})
const brief = (exceptions: RecentException[]) =>
  groupExceptions(exceptions).map(({ newest, count }) => [newest.atMs, count])

describe('groups of exceptions', () => {
  test('the same one again is counted, and the newest stands for all', () => {
    expect(brief([at(30), at(20), at(10)])).toEqual([[30, 3]])
  })

  test.each([
    ['name', { name: 'Refused' }],
    ['message', { message: 'no card' }],
    ['route', { route: '/order' }],
    ['method', { method: 'PUT' }],
  ])('another %s is another group', (_, changes) => {
    expect(brief([at(30), at(20, changes), at(10)])).toEqual([
      [30, 2],
      [20, 1],
    ])
  })

  test('the group with the newest comes first, whatever the order', () => {
    expect(brief([at(10), at(20, { name: 'Other' }), at(30)])).toEqual([
      [30, 2],
      [20, 1],
    ])
  })

  test('none are none', () => {
    expect(brief([])).toEqual([])
  })
})
