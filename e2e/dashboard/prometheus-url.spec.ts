// PROMETHEUS_URL: the same board, answered by a real Prometheus that scrapes another server.
import { expect } from '@playwright/test'
import { findPrometheus, PROMETHEUS_ADVICE } from '../../scripts/find-prometheus.mjs'
import { freshTest as test } from '../dashboard-test'
import { Overview } from '../pages/overview'
import type { RealPrometheus } from '../real-prometheus'
import { startPrometheus } from '../real-prometheus'
import { send } from '../send'
import type { Server } from '../start-server'
import { startServer } from '../start-server'

/** What a browser says of the questions that it asks while that Prometheus is away. */
test.use({ tolerated: /status of 50[234]/ })

test.describe('with PROMETHEUS_URL', () => {
  const path = findPrometheus()
  let prometheus: RealPrometheus
  let asking: Server
  test.beforeEach(async ({ fresh }) => {
    test.info().skip(path === undefined && !process.env.CI, `There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    if (path === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    prometheus = await startPrometheus(path, [{ job: 'hearth', url: fresh.url }])
    asking = await startServer({ env: { PROMETHEUS_URL: prometheus.url } })
  })
  test.afterEach(async () => {
    await asking?.kill()
    await prometheus?.stop()
  })

  test('the board shows what that Prometheus holds, says when it is away, and recovers', async ({
    overview,
    fresh,
    page,
  }) => {
    test.slow()
    await send(fresh.url, '/demo/products/7', 11)
    await send(fresh.url, '/demo/api/payments', 4)
    await send(asking.url, '/', 50)

    const remote = new Overview(page)
    await page.goto(`${asking.url}/dashboard`)
    await remote.becomesLive()
    await expect(remote.source).toHaveText(`Prometheus ${new URL(prometheus.url).host}`)
    await expect.poll(() => remote.total()).toBe(15)
    expect(await remote.routes.total('/demo/products/[id]')).toBe(11)
    expect(await remote.routes.total('/demo/api/payments')).toBe(4)
    await expect(page.getByRole('contentinfo')).toContainText(prometheus.url)

    await prometheus.halt()
    const reason = `Prometheus at ${prometheus.url}/api/v1/ can't be reached`
    // One cause is said once.
    const notice = page.getByRole('status', { name: 'Source of the numbers' })
    await expect(notice).toContainText(`No new numbers. ${reason}`)
    await expect(remote.state).toHaveText('No answer')
    for (const part of [remote.panel('Requests'), remote.panel('Memory')]) {
      await expect(part).toContainText('No new values')
    }
    expect(await page.getByText(reason).count()).toBe(1)
    // What it said last stays.
    expect(await remote.total()).toBe(15)
    expect(await remote.routes.total('/demo/products/[id]')).toBe(11)
    await expect(remote.panel('Memory')).toContainText(/\d MB/)

    prometheus.resume()
    await expect(notice).toBeEmpty()
    await remote.becomesLive()
    await expect(remote.panel('Memory')).not.toContainText('No new values')
    await send(fresh.url, '/demo/products/7')
    await expect.poll(() => remote.total()).toBe(16)

    await overview.open()
    await expect(overview.source).toHaveText(`this app 127.0.0.1:${fresh.port}`)
    await expect.poll(() => overview.total()).toBe(16)
  })
})
