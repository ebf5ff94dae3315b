// LIVE_STREAMS: who finds no place is told so beside the numbers that came with the page, and gets the next one.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { Overview } from '../pages/overview'

// What a browser logs by itself about the answer 503.
test.use({ variables: { LIVE_STREAMS: '1' }, tolerated: /503 \(Service Unavailable\)/ })

test('one viewer too many waits, with words that name the limit, until another one leaves', async ({
  overview,
  browser,
  fresh,
}) => {
  // Another browser: the tabs of one share a stream.
  const first = await browser.newPage({ baseURL: fresh.url })
  await new Overview(first).open('?range=1m')

  await overview.page.goto('/dashboard?range=1m')
  await expect(overview.state).toHaveText('Waiting: the viewer limit of 1 is reached')
  await expect(overview.panel('Memory')).toContainText(/\d MB/)
  const refused = await fetch(`${fresh.url}/api/trpc/metrics.live?input={"exprs":["up"],"rangeMs":60000,"stepMs":1000}`)
  expect(refused.status).toBe(503)
  expect(await refused.text()).toContain('1 live streams are open, which is the limit (LIVE_STREAMS)')

  await first.close()
  await overview.becomesLive()
  await expect(overview.panel('Memory')).not.toContainText('Stopped')
})
