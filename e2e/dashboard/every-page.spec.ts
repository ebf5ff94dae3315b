// Every page, in both themes and of both shells, wide and narrow: nothing that axe finds, nothing wider than the screen, and no word
// in the console. Axe takes seconds for a page, so each is looked at in each theme at one width.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { test as base } from '../dashboard-test'
import { freePort } from '../free-port'
import { send } from '../send'
import type { Server } from '../start-server'
import { startServer } from '../start-server'

const WIDTHS = [390, 1024, 1920]
const NEXT_LOOKS = [
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 1920 },
] as const
const OWN_LOOKS = [{ colorScheme: 'dark', width: 1024 }] as const

/** One server for all of them, which also shows the package's own pages on a port of its own. */
const test = base.extend<object, { both: Server & { ownUrl: string } }>({
  both: [
    async ({}, provide) => {
      const ownPort = await freePort()
      // Nobody answers there: a target that is down.
      const away = `away=http://127.0.0.1:${await freePort()}/metrics`
      const server = await startServer({
        env: { HEARTH_PORT: `${ownPort}`, SCRAPE_TARGETS: away, BOARDS: 'e2e/boards' },
      })
      await send(server.url, '/demo/products/1', 5)
      await send(server.url, '/demo/report', 3)
      await provide({ ...server, ownUrl: `http://127.0.0.1:${ownPort}` })
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** What stands on a page once it is there. */
const PAGES: readonly { name: string; next: string; own: string; there: (page: Page) => Promise<void> }[] = [
  { name: 'Overview', next: '', own: '/', there: (page) => isThere(page, '/demo/products/[id]') },
  { name: 'Explore without a query', next: '/explore', own: '/explore', there: (page) => isThere(page, 'begin with') },
  {
    name: 'Explore, explained',
    next: '/explore?g0.expr=sum(up)&show=explain',
    own: '/explore?g0.expr=sum(up)&show=explain',
    there: (page) => isThere(page, 'Instant vector, 1 series'),
  },
  {
    name: 'Explore, a table of what fails in part',
    next: '/explore?g0.expr=up&g1.expr=up%2B&show=table',
    own: '/explore?g0.expr=up&g1.expr=up%2B&show=table',
    there: (page) => isThere(page, '2 rows'),
  },
  {
    name: 'Metrics of every target',
    next: '/metrics?of=*',
    own: '/all-metrics?of=*',
    there: (page) => isThere(page, 'requests_total'),
  },
  {
    name: 'the page of a metric',
    next: '/metrics?metric=latency_seconds',
    own: '/all-metrics?metric=latency_seconds',
    there: (page) => isThere(page, 'p95 by route'),
  },
  {
    name: 'a board from a file',
    next: '/boards?board=nodejs.json',
    own: '/boards?board=nodejs.json',
    there: (page) => isThere(page, process.version),
  },
  { name: 'Errors', next: '/errors', own: '/errors', there: (page) => isThere(page, 'ReportUnavailable') },
]

async function isThere(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('main')).toContainText(text)
}

test.use({ tolerated: /status of 400/ })
// Axe looks at each of a thousand elements several times.
test.slow()

for (const { name, next, own, there } of PAGES) {
  for (const shell of ['the page that Next renders', 'the page of the package'] as const) {
    const isOwn = shell === 'the page of the package'
    test(`${name}, ${shell}${isOwn && name !== 'Overview' ? ' @long' : ''}`, async ({ both, page }) => {
      await page.goto(isOwn ? both.ownUrl + own : `${both.url}/dashboard${next}`)
      for (const { colorScheme, width } of isOwn ? OWN_LOOKS : NEXT_LOOKS) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        await there(page)
        const { violations } = await new AxeBuilder({ page }).analyze()
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
        expect(found, `${width} pixels, ${colorScheme}`).toEqual([])
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        const overhang = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        await expect.poll(overhang, `${width} pixels`).toBe(0)
      }
    })
  }
}
