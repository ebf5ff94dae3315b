import { beforeEach, describe, expect, test, vi } from 'vitest'

/** A process that has recorded nothing yet. */
async function freshProcess() {
  for (const key of ['registry', 'exceptions']) Reflect.deleteProperty(globalThis, Symbol.for(`hearth.${key}`))
  vi.resetModules()
  const { recordException, recentExceptions } = await import('./exceptions')
  const { processRegistry } = await import('./registry')
  const counted = async () => {
    const metric = processRegistry().getSingleMetric('exceptions_total')
    return (await metric?.get())?.values.map(({ labels, value }) => ({ labels, value }))
  }
  return { recordException, recentExceptions, counted }
}

let instrument: Awaited<ReturnType<typeof freshProcess>>
beforeEach(async () => {
  instrument = await freshProcess()
})

class PaymentDeclined extends Error {}

describe('recordException', () => {
  test('counts by route, kind and class name', async () => {
    const { recordException, counted } = instrument
    recordException({ error: new PaymentDeclined('no funds'), kind: 'route', route: '/orders/[id]' })
    recordException({ error: new PaymentDeclined('no card'), kind: 'route', route: '/orders/[id]' })
    recordException({ error: new TypeError('x is undefined'), kind: 'render', route: '/orders' })
    expect(await counted()).toEqual([
      { labels: { route: '/orders/[id]', kind: 'route', error: 'PaymentDeclined' }, value: 2 },
      { labels: { route: '/orders', kind: 'render', error: 'TypeError' }, value: 1 },
    ])
  })

  test('keeps the newest first, without the query of the path', () => {
    const { recordException, recentExceptions } = instrument
    const report = { kind: 'route', route: '/reset', method: 'GET' } as const
    recordException({ ...report, error: new Error('first'), path: '/reset' })
    recordException({ ...report, error: new Error('second'), path: '/reset?token=secret' })
    recordException({ ...report, error: new Error('third'), path: '/reset#secret' })
    expect(recentExceptions().map(({ message, path }) => [message, path])).toEqual([
      ['third', '/reset'],
      ['second', '/reset'],
      ['first', '/reset'],
    ])
  })

  test('keeps 100 of them, each with an id of its own', () => {
    const { recordException, recentExceptions } = instrument
    for (let i = 1; i <= 130; i++) recordException({ error: new Error(`${i}`), kind: 'route', route: '/' })
    expect(recentExceptions()).toHaveLength(100)
    expect(recentExceptions().at(0)?.message).toBe('130')
    expect(recentExceptions().at(-1)?.message).toBe('31')
    expect(new Set(recentExceptions().map(({ id }) => id)).size).toBe(100)
  })

  test('knows 50 class names and folds the others into one, which the recent ones still tell apart', async () => {
    const { recordException, recentExceptions, counted } = instrument
    for (let i = 1; i <= 60; i++) {
      const error = Object.assign(new Error('generated'), { name: `Generated${i}` })
      recordException({ error, kind: 'route', route: '/' })
    }
    recordException({ error: Object.assign(new Error('again'), { name: 'Generated7' }), kind: 'route', route: '/' })
    const byName = new Map((await counted())?.map(({ labels, value }) => [labels.error, value]))
    expect(byName.size).toBe(51)
    expect(byName.get('Generated7')).toBe(2)
    expect(byName.get('(other)')).toBe(10)
    expect(recentExceptions().at(1)?.name).toBe('Generated60')
  })

  test('survives an error that throws when it is read', () => {
    const hostile = {
      get message(): string {
        throw new Error('no')
      },
    }
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => instrument.recordException({ error: hostile, kind: 'route', route: '/' })).not.toThrow()
    expect(logged).toHaveBeenCalledOnce()
    logged.mockRestore()
  })
})
