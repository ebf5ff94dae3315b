import { describe, expect, it } from 'vitest'
import { withTimeout } from './with-timeout'

const never = () => new Promise<never>(() => {})

describe('withTimeout', () => {
  it('settles as the work does', async () => {
    expect(await withTimeout(10_000, async () => 1)).toBe(1)
    await expect(withTimeout(10_000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })

  it('rejects after the time, and tells the work why', async () => {
    let signal: AbortSignal | undefined
    const result = withTimeout(5, (given) => {
      signal = given
      return never()
    })
    // The timer under test keeps nothing alive; this one keeps the test.
    const alive = setTimeout(() => {}, 10_000)
    await expect(result).rejects.toThrow('no answer within 5ms')
    clearTimeout(alive)
    expect(signal?.aborted).toBe(true)
    expect(String(signal?.reason)).toBe('Error: no answer within 5ms')
  })

  it('does not keep the process alive, while it waits or afterwards', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    const waiting = withTimeout(60_000, never)
    await withTimeout(60_000, async () => 1)
    expect(timers()).toBe(before)
    expect(waiting).toBeInstanceOf(Promise)
  })
})
