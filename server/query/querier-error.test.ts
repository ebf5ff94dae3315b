import { expect, test, vi } from 'vitest'
import { PromqlError } from '../promql/promql-error'
import { QuerierError } from './querier-error'

test('an error that another copy of its module has thrown is known', async () => {
  vi.resetModules()
  const [promql, querier] = [await import('../promql/promql-error'), await import('./querier-error')]
  expect(promql.PromqlError).not.toBe(PromqlError)
  expect(new promql.PromqlError('wrong', 0, 1)).toBeInstanceOf(PromqlError)
  expect(new querier.QuerierError('away')).toBeInstanceOf(QuerierError)
})

test('the two are not taken for one another, nor for any error', () => {
  expect(new QuerierError('away')).not.toBeInstanceOf(PromqlError)
  expect(new PromqlError('wrong', 0, 1)).not.toBeInstanceOf(QuerierError)
  for (const other of [new Error('other'), undefined, null, { name: 'QuerierError' }]) {
    expect(other).not.toBeInstanceOf(QuerierError)
    expect(other).not.toBeInstanceOf(PromqlError)
  }
})
