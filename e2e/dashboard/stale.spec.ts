// A server that hangs is called stale, with the time since when.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'

test('a server that hangs is called stale, and live once it goes on', async ({ overview, fresh }) => {
  await overview.open('?range=1m')
  const hungMs = Date.now()
  process.kill(fresh.pid, 'SIGSTOP')
  await expect(overview.state).toHaveText(/^Stale since \d\d:\d\d:\d\d$/, { timeout: 15_000 })
  // Nothing can have come after it hung, and a second before there was a point.
  const since = (await overview.state.textContent())?.slice(-8) ?? ''
  const sinceMs = toTimeMs(since, hungMs)
  expect(sinceMs).toBeLessThanOrEqual(hungMs)
  expect(sinceMs).toBeGreaterThan(hungMs - 5000)
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
