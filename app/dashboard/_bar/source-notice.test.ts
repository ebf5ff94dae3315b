import { expect, it } from 'vitest'
import { toSourceWords } from './source-notice'

const engine = { kind: 'prometheus' as const, url: 'http://p:9090' }
const found = { name: 'dns+http://shop/metrics', failures: 1 }

it.each<[string, Parameters<typeof toSourceWords>[0], [string, string][]]>([
  ['nothing while all is well', { source: { kind: 'embedded' }, discovered: [{ ...found, targets: 2 }] }, []],
  ['nothing of a server that answers', { source: engine, discovered: [] }, []],
  [
    'why a server does not answer',
    { source: { ...engine, problem: "Prometheus at p can't be reached: no route" }, discovered: [] },
    [['No new numbers.', "Prometheus at p can't be reached: no route."]],
  ],
  [
    'that answers lack something',
    { source: { ...engine, partial: 'store a is down' }, discovered: [] },
    [['These numbers are partial', 'and may be too low: store a is down.']],
  ],
  [
    'which targets could not be looked up',
    { source: { kind: 'embedded' }, discovered: [{ ...found, targets: 1, error: 'no answer' }] },
    [['dns+http://shop/metrics', 'no answer. It has 1 target.']],
  ],
])('says %s', (_, status, words) => {
  expect(toSourceWords(status)).toEqual(words)
})
