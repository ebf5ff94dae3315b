import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boardExprs } from '../_boards/board-exprs'
import { overview } from '../_boards/overview'
import { toTargetMatchers } from '../_boards/target-matchers'
import { toVariables } from '../_state/to-variables'
import { DEFAULT_VIEW } from '../_state/view'
import { inParts } from './in-parts'

const times = { rangeMs: 300_000, stepMs: 1000 }

test('what all selectors begin with is sent once', () => {
  const exprs = ['rate(a{x="1",y="2"}[1m]) / a{x="1",y="2"}', 'b{x="1",y="2",z="3"}', 'c']
  expect(inParts({ exprs, instantExprs: ['d{z="3"}'], ...times })).toEqual({
    common: 'x="1",y="2"',
    exprs: [['rate(a{', '}[1m]) / a{', '}'], ['b{', ',z="3"}'], ['c']],
    instantExprs: [['d{z="3"}']],
    ...times,
  })
})

test('joined, the parts are the expressions again', () => {
  const expr = fc.string({ maxLength: 40, unit: fc.constantFrom(...'ab{}",=') })
  fc.assert(
    fc.property(fc.array(expr), fc.array(expr), (exprs, instantExprs) => {
      const parts = inParts({ exprs, instantExprs, ...times })
      expect(parts.exprs.map((expr) => expr.join(parts.common))).toEqual(exprs)
      expect(parts.instantExprs.map((expr) => expr.join(parts.common))).toEqual(instantExprs)
    }),
  )
})

test('the board of a long route on a far target fits into the URL that the strictest proxies take', () => {
  const target = toTargetMatchers({ job: 'orders', instance: `${'x'.repeat(60)}.svc.cluster.local:8000` })
  const variables = toVariables({ ...DEFAULT_VIEW, route: `/${'[segment]/'.repeat(10)}` }, 1000, target)
  const question = inParts({ ...boardExprs(overview, variables), ...times })
  expect(encodeURIComponent(JSON.stringify(question)).length).toBeLessThan(7_000)
})
