// A server that hangs is called stale, with the time since when.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'

test('a server that hangs is called stale, and live once it goes on', async ({ overview, fresh }) => {
  await overview.open('?range=1m')
  process.kill(fresh.pid, 'SIGSTOP')
  const hungMs = Date.now()
  await expect(overview.state).toHaveText(/^Stale since \d\d:\d\d:\d\d$/, { timeout: 30_000 })
  const since = (await overview.state.textContent())?.slice(-8) ?? ''
  // The newest point is from before it hung, and not from long before.
  expect(hungMs - toTimeMs(since, hungMs)).toBeLessThan(60_000)
  expect((await overview.readings(overview.panel('Memory'), 1)).map(({ heading }) => heading)).toEqual([since])
  await expect(overview.panel('Memory')).toContainText(`Stopped at ${since}`)
  await expect(overview.panel('Memory')).toContainText('MB')

  process.kill(fresh.pid, 'SIGCONT')
  await overview.becomesLive()
  await expect(overview.panel('Memory')).not.toContainText('Stopped')
})

/** The last moment before `beforeMs` at which a clock in this time zone showed `hh:mm:ss`. */
function toTimeMs(clock: string, beforeMs: number): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  const atMs = new Date(beforeMs).setHours(hours, minutes, seconds, 0)
  return atMs > beforeMs ? atMs - 24 * 3_600_000 : atMs
}
