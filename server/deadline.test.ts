import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { beginDeadline, isTimeout, unlessAborted, withDeadline } from './deadline'
import { collectingGarbage } from './testing/collecting-garbage'

const never = () => new Promise<never>(() => {})
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** A caller, and how many listen to it. */
function callerWith(reason?: unknown) {
  const controller = new AbortController()
  const { signal } = controller
  const listeners = () => getEventListeners(signal, 'abort').length
  return { signal, listeners, leave: () => controller.abort(reason) }
}

describe('beginDeadline', () => {
  it('aborts when the time is up, with a TimeoutError in words', async () => {
    const { signal } = beginDeadline([callerWith().signal], 5)
    const alive = setTimeout(() => {}, 10_000)
    await expect(unlessAborted(never(), signal)).rejects.toThrow('no answer within 5ms')
    clearTimeout(alive)
    expect(isTimeout(signal.reason)).toBe(true)
  })

  // With AbortSignal.any and AbortSignal.timeout it doesn't.
  it('aborts though the garbage is collected meanwhile', async () => {
    const { signal } = beginDeadline([new AbortController().signal], 50)
    await collectingGarbage(vi.waitFor(() => expect(signal.aborted).toBe(true), { timeout: 5_000 }))
    expect(isTimeout(signal.reason)).toBe(true)
  })

  it.each([0, -1])('with %s milliseconds is over at once', (ms) => {
    const { signal } = beginDeadline([], ms)
    expect(isTimeout(signal.reason)).toBe(true)
  })

  it.each([0.5, 2 ** 31, Number.MAX_SAFE_INTEGER])('with %s milliseconds is not', (ms) => {
    const { signal, end } = beginDeadline([], ms)
    expect(signal.aborted).toBe(false)
    end()
  })

  it('aborts as its first caller does, and leaves nothing behind', () => {
    const before = timers()
    const [first, second] = [callerWith('gone'), callerWith()]
    const { signal } = beginDeadline([undefined, second.signal, first.signal], 60_000)
    first.leave()
    expect([signal.reason, isTimeout(signal.reason)]).toEqual(['gone', false])
    expect([first.listeners(), second.listeners(), timers()]).toEqual([0, 0, before])
  })

  it('has aborted when a caller has', () => {
    const caller = callerWith()
    const { signal } = beginDeadline([caller.signal, AbortSignal.abort('left')], 0)
    expect([signal.reason, caller.listeners()]).toEqual(['left', 0])
  })

  it('aborts at its end, and leaves nothing behind', () => {
    const before = timers()
    const caller = callerWith()
    const { signal, end } = beginDeadline([caller.signal], 60_000)
    end()
    end()
    expect([signal.aborted, isTimeout(signal.reason), caller.listeners(), timers()]).toEqual([true, false, 0, before])
  })

  it('does not keep the process alive', () => {
    const before = timers()
    const { end } = beginDeadline([], 60_000)
    expect(timers()).toBe(before)
    end()
  })
})

describe('withDeadline', () => {
  it('settles as the work does', async () => {
    expect(await withDeadline([], 10_000, async () => 1)).toBe(1)
    await expect(withDeadline([], 10_000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })

  it('gives up what still runs for the work', async () => {
    const caller = callerWith()
    const signal = await withDeadline([caller.signal], undefined, async (given) => given)
    expect([signal.aborted, caller.listeners()]).toEqual([true, 0])
  })
})
