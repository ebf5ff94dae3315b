// The list of metrics and the page of one: of this app, and of a target that exposes two thousand.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { freshTest } from '../dashboard-test'
import type { Exposing } from '../exposing'
import { exposing } from '../exposing'
import { send } from '../send'

const FAMILIES = 2_000

/** What a large program exposes. */
const LARGE = Array.from(
  { length: FAMILIES },
  (_, i) => `# HELP shop_${i}_items Items on shelf ${i}.\n# TYPE shop_${i}_items gauge\nshop_${i}_items ${i}\n`,
).join('')

const test = freshTest.extend<{ large: Exposing }>({
  large: async ({}, provide) => {
    const target = await exposing(() => LARGE)
    await provide(target)
    target.close()
  },
  variables: async ({ large }, provide) => provide({ SCRAPE_TARGETS: `large=${large.url}` }),
})

const list = (page: Page) => page.getByRole('list', { name: 'Metrics' })
const search = (page: Page) => page.getByRole('searchbox', { name: /^Search metrics/ })
const count = (page: Page) => page.getByRole('search').getByRole('status')

test('a metric is found, asked by its type, and split by a label, which its address says', async ({
  browser,
  fresh,
  overview,
  page,
}) => {
  await send(fresh.url, '/demo/products/1', 4)
  await send(fresh.url, '/', 2)
  await page.goto('/dashboard/metrics')
  await overview.becomesLive()
  await search(page).fill('HTTP latency')
  await expect(count(page)).toHaveText(/^\d of [\d,]+ metrics$/)
  const found = list(page).getByRole('listitem').filter({ hasText: 'latency_seconds' }).filter({ hasText: 'route' })
  await expect(found).toContainText('histogram')
  await expect(found).toContainText('per s')
  await isAccessible(page)

  await found.getByRole('link', { name: 'latency_seconds', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'latency_seconds', exact: true })).toBeVisible()
  for (const title of ['Percentiles', 'Heat map', 'Observations', 'p95 by route']) {
    await expect(overview.panel(title)).toBeVisible()
  }
  await page.getByRole('button', { name: /^route \(\d+\)$/ }).click()
  await expect(overview.panel('p95 by status')).toBeHidden()
  const legend = overview.panel('Observations by route').getByRole('listitem')
  await expect(legend.filter({ hasText: '/demo/products/[id]' })).toBeVisible()
  await isAccessible(page)

  const { searchParams } = new URL(page.url())
  expect(Object.fromEntries(searchParams)).toMatchObject({ metric: 'latency_seconds', by: 'route' })
  const other = await browser.newPage()
  await other.goto(page.url())
  await expect(other.getByRole('region', { name: 'Observations by route' }).getByRole('listitem')).toHaveCount(
    await legend.count(),
  )
  await other.close()

  await page.getByRole('link', { name: 'All metrics' }).click()
  await expect(search(page)).toHaveValue('HTTP latency')
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'latency_seconds', exact: true })).toBeVisible()
})

test('of two thousand metrics those on the screen are drawn, and each can be found', async ({
  large,
  overview,
  page,
}) => {
  await page.goto(`/dashboard/metrics?target=large/${large.address}`)
  await overview.becomesLive()
  await expect(count(page)).toHaveText('2,000 metrics', { timeout: 20_000 })
  const rows = list(page).getByRole('listitem')
  await expect(rows.filter({ hasText: 'shop_0_items' })).toContainText('0')
  expect(await rows.count()).toBeLessThan(60)

  await page.keyboard.press('End')
  await expect(rows.filter({ hasText: 'shop_999_items' })).toContainText('999')
  expect(await rows.count()).toBeLessThan(60)

  await search(page).fill('shelf 1234')
  await expect(count(page)).toHaveText('1 of 2,000 metrics')
  await expect(rows.filter({ hasText: 'shop_1234_items' })).toContainText('1,234')
  expect(new URL(page.url()).searchParams.get('q')).toBe('shelf 1234')

  await search(page).fill('no such thing')
  await expect(page.getByRole('main')).toContainText('No metric fits')
})

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([])
  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overhang).toBe(0)
}
