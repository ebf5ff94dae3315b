import { expect, test } from 'vitest'
import { MemoryPool } from './memory-pool'

const MB = 1024 ** 2

test('one question gets half of the memory, and is told so', () => {
  const share = new MemoryPool(64 * MB).open()
  expect(share.take(32 * MB)).toBeUndefined()
  expect(share.take(1)).toBe('query would hold more than 32MB of memory, which is half of QUERY_MEMORY')
})

test('all together get no more than there is, and what is given back is there for others', () => {
  const pool = new MemoryPool(64 * MB)
  const [first, second, third] = [pool.open(), pool.open(), pool.open()]
  expect(first.take(30 * MB)).toBeUndefined()
  expect(second.take(30 * MB)).toBeUndefined()
  const refusal = 'queries would hold more than 64MB of memory together, which is QUERY_MEMORY'
  expect(third.take(5 * MB)).toBe(refusal)
  first.give(2 * MB)
  expect(third.take(5 * MB)).toBeUndefined()
  second.end()
  second.end()
  expect(pool.heldBytes).toBe(33 * MB)
})

test('what is refused is not held, and nobody gives back more than was taken', () => {
  const pool = new MemoryPool(64 * MB)
  const share = pool.open()
  share.take(65 * MB)
  expect(pool.heldBytes).toBe(0)
  share.take(MB)
  share.give(5 * MB)
  expect(pool.heldBytes).toBe(0)
})
