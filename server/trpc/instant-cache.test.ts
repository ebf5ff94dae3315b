import { expect, it } from 'vitest'
import type { Value } from '../promql/value'
import { createInstantCache } from './instant-cache'

it('asks once for each expression of the newest instant, also after the clock was set back', async () => {
  const asked: string[] = []
  const answer: Value = { type: 'scalar', value: 1 }
  const ask = createInstantCache({
    instant: async (expr, atMs) => {
      asked.push(`${expr} at ${atMs / 1000}`)
      return answer
    },
  })
  const questions: [string, number][] = [
    ['a', 100],
    ['a', 100],
    ['b', 100],
    ['a', 101],
    ['a', 100],
    ['a', 101],
    ['a', 10],
    ['a', 10],
    ['a', 11],
    ['a', 11],
  ]
  for (const [expr, seconds] of questions) expect(await ask(expr, seconds * 1000)).toBe(answer)
  expect(asked).toEqual(['a at 100', 'b at 100', 'a at 101', 'a at 100', 'a at 10', 'a at 11'])
})
