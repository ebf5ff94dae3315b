// PROMETHEUS_URL: Explore, Metrics and Errors of a server whose questions a real Prometheus answers.
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { findPrometheus, PROMETHEUS_ADVICE } from '../../scripts/find-prometheus.mjs'
import { test as base } from '../dashboard-test'
import { freePort } from '../free-port'
import { ExplorePage } from '../pages/explore'
import { Overview } from '../pages/overview'
import type { RealPrometheus } from '../real-prometheus'
import { startPrometheus } from '../real-prometheus'
import { send } from '../send'
import type { Server } from '../start-server'
import { startServer } from '../start-server'

const ROUTE = '/demo/products/[id]'

type Asked = { prometheus: RealPrometheus; asking: Server; ownUrl: string }

/** One Prometheus for all of them, which scrapes an app and the server that asks it; that has a port of its own too. */
const test = base.extend<object, { asked: Asked | undefined }>({
  asked: [
    async ({}, provide) => {
      const path = findPrometheus()
      if (path === undefined) return provide(undefined)
      const scraped = await startServer()
      await send(scraped.url, '/demo/products/1', 3)
      await send(scraped.url, '/demo/report', 2)
      const [port, ownPort] = [await freePort(), await freePort()]
      const prometheus = await startPrometheus(path, [
        { job: 'hearth', url: scraped.url },
        { job: 'asking', url: `http://127.0.0.1:${port}` },
      ])
      const env = { PROMETHEUS_URL: prometheus.url, HEARTH_PORT: `${ownPort}` }
      const asking = await startServer({ port, env })
      await provide({ prometheus, asking, ownUrl: `http://127.0.0.1:${ownPort}` })
      for (const server of [asking, scraped]) await server.stop()
      await prometheus.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test.beforeEach(({ asked }) => {
  const absence = `There is no Prometheus. ${PROMETHEUS_ADVICE}`
  test.info().skip(asked === undefined && !process.env.CI, absence)
  if (asked === undefined) throw new Error(absence)
})

const SHELLS = ['the page that Next renders', 'the page of the package'] as const

/** Where a page is. */
function placeOf(asked: Asked | undefined, shell: (typeof SHELLS)[number], page: 'explore' | 'metrics' | 'errors') {
  if (asked === undefined) throw new Error('There is no Prometheus.')
  const own = page === 'metrics' ? 'all-metrics' : page
  return shell === 'the page of the package' ? `${asked.ownUrl}/${own}` : `${asked.asking.url}/dashboard/${page}`
}

const row = (page: Page, name: string) =>
  page
    .getByRole('list', { name: 'Metrics' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

for (const shell of SHELLS) {
  test.describe(shell, () => {
    test('Explore completes its names, and shows an answer as a table and as a tree', async ({ asked, page }) => {
      const explore = new ExplorePage(page)
      await explore.open(placeOf(asked, shell, 'explore'))
      await explore.editor('A').pressSequentially('exceptions_to', { delay: 20 })
      await expect(explore.options.filter({ hasText: /^exceptions_total/ })).toBeVisible()
      await page.keyboard.press('Escape')

      const inner = `sum by (route) (requests_total{route="${ROUTE}"})`
      await explore.ask('A', `${inner} * 2`)
      await explore.choose('Table')
      await expect.poll(() => explore.rows()).toEqual([[ROUTE, '6']])
      await explore.choose('Explain')
      await expect(explore.parts).toHaveCount(4)
      await expect(explore.part(inner).locator('dd').first()).toHaveText('3')
      await expect(explore.part(inner)).toContainText('Instant vector, 1 series')
    })

    test('Metrics lists what it has, counts series and labels, and filters by job and label', async ({
      asked,
      page,
    }) => {
      await page.goto(placeOf(asked, shell, 'metrics'))
      await new Overview(page).becomesLive()
      await page.getByRole('searchbox', { name: /^Search metrics/ }).fill('requests_total')
      const requests = row(page, 'requests_total')
      // The page's own requests begin more of them.
      await expect(requests).toContainText(/\d series/)
      await expect(requests).toContainText(/since \d/)

      const of = page.getByRole('combobox', { name: 'Metrics of' })
      await of.selectOption({ label: 'Job hearth' })
      const expected = await asked?.prometheus.ask('count(requests_total{job="hearth"})')
      await expect(requests).toContainText(`${[...(expected ?? []).values()][0]} series`)
      await page.getByRole('combobox', { name: 'Label' }).selectOption('version')
      await expect(requests).toHaveCount(0)
      await page.getByRole('combobox', { name: 'Label' }).selectOption('route')
      await requests.getByRole('link').click()
      await expect(page.getByRole('heading', { name: 'requests_total', exact: true })).toBeVisible()
      await page.getByRole('button', { name: /^route \(\d+\)$/ }).click()
      const byRoute = page.getByRole('region', { name: 'By route' }).getByRole('listitem')
      await expect(byRoute.filter({ hasText: ROUTE })).toBeVisible()
    })

    test('Errors has the groups that it counts', async ({ asked, page }) => {
      await page.goto(placeOf(asked, shell, 'errors'))
      const groups = page.getByRole('list', { name: 'Groups of exceptions' }).getByRole('button')
      await expect(groups.filter({ hasText: 'ReportUnavailable' })).toContainText('2 times')
    })
  })
}
