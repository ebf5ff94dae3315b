import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boardExprs } from '../_boards/board-exprs'
import { overview } from '../_boards/overview'
import { toTargetMatchers } from '../_boards/target-matchers'
import { toVariables } from '../_state/to-variables'
import { DEFAULT_VIEW } from '../_state/view'
import { deflated } from './deflated'

const times = { rangeMs: 300_000, stepMs: 1000 }

test('inflated, it is the question again', async () => {
  const exprs = fc.array(fc.string({ maxLength: 40, unit: 'grapheme' }))
  await fc.assert(
    fc.asyncProperty(exprs, exprs, async (exprs, instantExprs) => {
      const question = { exprs, instantExprs, ...times }
      const input = await deflated(question)
      if (!('deflated' in input)) return expect.fail('it was not deflated')
      expect(input.deflated).toMatch(/^[\w-]+$/)
      expect(JSON.parse(inflateRawSync(Buffer.from(input.deflated, 'base64url')).toString())).toEqual(question)
    }),
  )
})

test('the board of a long route on a far target fits into the URL that the strictest proxies take', async () => {
  const target = toTargetMatchers({ job: 'orders', instance: `${'x'.repeat(60)}.svc.cluster.local:8000` })
  const variables = toVariables({ ...DEFAULT_VIEW, route: `/${'[segment]/'.repeat(10)}` }, 1000, target)
  const input = await deflated({ ...boardExprs(overview, variables), ...times })
  expect(encodeURIComponent(JSON.stringify(input)).length).toBeLessThan(2_000)
})
