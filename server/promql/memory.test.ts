// What a query holds is counted: a question that is too big is refused before it is in memory.
import { expect, test } from 'vitest'
import { MemoryPool } from '../memory-pool'
import { createStorage } from '../storage/storage'
import { evaluateInstant, evaluateRange } from './engine'
import { PromqlError } from './promql-error'

const MB = 1024 ** 2
const nowMs = 1_700_000_000_000

const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 5_000 })
for (let i = 0; i < 2_000; i++) storage.append({ __name__: 'm', i: String(i), text: 'abcdefgh' }, nowMs, i)
const source = { select: storage.selectLazily, held: storage.held }

/** `wrap` around the selector, so many times. */
function nested(levels: number, wrap: (inner: string) => string, selector = 'm'): string {
  return levels === 0 ? selector : wrap(nested(levels - 1, wrap, selector))
}

const join = (inner: string) => `label_join(${inner}, "text", "", "text", "text", "text", "text", "text", "text")`
const replace = (inner: string) => `label_replace(${inner}, "text", "$1$1$1$1$1$1$1$1", "text", "(.*)")`

const one = 'm{i="7"}'

const instants: [why: string, expr: string, message: RegExp][] = [
  [
    'label_join makes one text six times longer at each level',
    nested(9, join, one),
    /label values of at most 65536 characters/,
  ],
  ['label_replace makes it eight times longer', nested(9, replace, one), /250000 steps to try a label value of 32768/],
  ['many long labels are too much together', nested(4, join), /more than 8MB of memory, which is half of QUERY_MEMORY/],
  [
    'a join of everything with everything',
    'm * on(__name__) group_left() (m * 0 + 1)',
    /matching labels must be unique/,
  ],
  ['values as labels', nested(30, (inner) => `count_values by (i) ("v", ${inner})`), /more than 8MB of memory/],
]

test.each(instants)('at an instant: %s', async (_, expr, message) => {
  const pool = new MemoryPool(16 * MB)
  const memory = pool.open()
  await expect(evaluateInstant(source, expr, nowMs, { memory })).rejects.toThrow(message)
  memory.end()
  expect(pool.heldBytes).toBe(0)
})

test('over a range: columns of many steps are refused, and the question may come again with fewer', async () => {
  const pool = new MemoryPool(16 * MB)
  const range = { startMs: nowMs, endMs: nowMs + 2_000_000, stepMs: 1_000 }
  const ask = async (expr: string) => {
    const memory = pool.open()
    return evaluateRange(source, expr, range, { memory }).finally(() => memory.end())
  }
  await expect(ask('m')).rejects.toThrow(PromqlError)
  await expect(ask('sum by (i) (m) or vector(1)')).rejects.toThrow('which is half of QUERY_MEMORY')
  expect((await ask('m{i="7"}')).series).toHaveLength(1)
})

test('only what is still needed is held: many small steps of a long sum are one step', async () => {
  const pool = new MemoryPool(16 * MB)
  const memory = pool.open()
  const sum = Array.from({ length: 100 }, () => 'abs(m)').join(' + ')
  await expect(evaluateInstant(source, `count(${sum})`, nowMs, { memory })).resolves.toMatchObject({
    series: [{ value: 2_000 }],
  })
})
