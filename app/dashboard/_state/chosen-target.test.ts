import { describe, expect, test } from 'vitest'
import type { Target } from './chosen-target'
import {
  chosenMatchers,
  chosenTarget,
  EVERY_TARGET,
  offeredTargets,
  togetherTargets,
  toTargetName,
  unknownTarget,
} from './chosen-target'
import { inventTarget } from './invented-target'

const [ours, orders, billing] = [
  inventTarget('hearth', 'a:3000'),
  inventTarget('orders', 'b:80'),
  inventTarget('team/billing', 'b:80'),
]
const embedded = { source: { kind: 'embedded' as const }, targets: [ours, orders, billing] }
const prometheus = { source: { kind: 'prometheus' as const, url: 'http://p:9090' }, targets: [ours, orders] }

describe('the target that the page is about', () => {
  test.each<[string, string | undefined, Target]>([
    ['this process, if none is named', undefined, ours],
    ['the one that is named', 'orders/b:80', orders],
    ['one whose job has a slash', 'team/billing/b:80', billing],
    ['this process, named', 'hearth/a:3000', ours],
    ['this process, if nobody has the name', 'orders/b:81', ours],
    ['this process, if only the job is named', 'orders', ours],
  ])('is %s', (_, name, target) => {
    expect(chosenTarget(embedded, name)).toBe(target)
  })

  test('is nobody in particular where a Prometheus answers', () => {
    expect(chosenTarget(prometheus, 'orders/b:80')).toBeUndefined()
    expect(offeredTargets(prometheus)).toEqual([])
  })

  test('a name that nobody has is told of, where there are names', () => {
    expect(unknownTarget(embedded, 'orders/b:81')).toBe('orders/b:81')
    expect(unknownTarget(embedded, 'orders/b:80')).toBeUndefined()
    expect(unknownTarget(embedded, undefined)).toBeUndefined()
    expect(unknownTarget(prometheus, 'orders/b:81')).toBeUndefined()
  })

  test('can be switched where there are others', () => {
    expect(offeredTargets(embedded)).toEqual([ours, orders, billing])
    expect(offeredTargets({ ...embedded, targets: [ours] })).toEqual([])
  })

  test('is all that count as Hearth does, together, where they are several', () => {
    const foreign = { ...billing, isHearth: false }
    const known = { ...embedded, targets: [ours, orders, foreign] }
    expect(togetherTargets(known)).toEqual([ours, orders])
    expect(chosenTarget(known, EVERY_TARGET)).toBeUndefined()
    expect(unknownTarget(known, EVERY_TARGET)).toBeUndefined()
    expect(chosenMatchers(known, EVERY_TARGET)).toBe('job=~"hearth|orders"')
    expect(chosenMatchers({ ...known, targets: [ours, { ...ours, instance: 'c' }] }, EVERY_TARGET)).toBe('job="hearth"')
    expect(chosenMatchers(known, 'orders/b:80')).toBe('job="orders",instance="b:80"')
  })

  test('is this process where all together are asked for and there is nobody else', () => {
    const known = { ...embedded, targets: [ours, { ...orders, isHearth: false }] }
    expect(togetherTargets(known)).toEqual([])
    expect(chosenTarget(known, EVERY_TARGET)).toBe(ours)
    expect(unknownTarget(known, EVERY_TARGET)).toBe(EVERY_TARGET)
    expect(chosenMatchers(prometheus, EVERY_TARGET)).toBe('job=~".*"')
  })

  test('has a name of its own', () => {
    expect(new Set(embedded.targets.map(toTargetName)).size).toBe(3)
  })
})
