import { expect, test, vi } from 'vitest'
import { recentExceptions, recordException } from './exceptions'
import { processRegistry } from './registry'

const counted = async () => (await processRegistry().getSingleMetric('exceptions_total')?.get())?.values ?? []

test('an exception is counted, and kept', async () => {
  recordException({ error: new TypeError('x is undefined'), kind: 'render', route: '/orders' })
  recordException({ error: new TypeError('y is undefined'), kind: 'render', route: '/orders' })
  expect(await counted()).toEqual([{ labels: { route: '/orders', kind: 'render', error: 'TypeError' }, value: 2 }])
  expect(recentExceptions().map(({ message }) => message)).toEqual(['y is undefined', 'x is undefined'])
})

test('an error that throws when it is read fails nothing and is logged', () => {
  const hostile = {
    get message(): string {
      throw new Error('no')
    },
  }
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(() => recordException({ error: hostile, kind: 'route', route: '/' })).not.toThrow()
  expect(logged).toHaveBeenCalledOnce()
})
