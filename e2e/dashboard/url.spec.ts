// What the reader looks at lives in the URL.
import { expect } from '@playwright/test'
import { test } from '../dashboard-test'
import { send } from '../send'

const ROUTE = '/demo/products/[id]'

test.beforeEach(({ server }) => send(server.url, '/demo/products/1'))

test('the order of the routes and the tab of a panel are in the URL', async ({ overview, page }) => {
  await overview.open()
  await overview.routes.header('p95').getByRole('button').click()
  await overview.panel('Requests').getByRole('button', { name: 'By route' }).click()
  await expect(page).toHaveURL(/sort=-p95&tab=requests-by-route/)
  await page.goBack()
  await expect(overview.panel('Requests')).toContainText('by status')
  await page.goBack()
  await expect(overview.routes.header('Rate')).toHaveAttribute('aria-sort', 'descending')
  await page.goForward()
  await page.goForward()
  await expect(overview.panel('Requests')).toContainText('by route')
  await page.reload()
  await expect(overview.routes.header('p95')).toHaveAttribute('aria-sort', 'descending')
  await expect(overview.panel('Requests')).toContainText('by route')
  await expect(overview.panel('Requests')).toContainText(ROUTE)
  await page.goBack()
  await expect(overview.panel('Requests')).toContainText('by status')
  await expect(overview.routes.header('p95')).toHaveAttribute('aria-sort', 'descending')
  await overview.open('?sort=size&tab=nothing')
  await expect(overview.routes.header('Rate')).toHaveAttribute('aria-sort', 'descending')
  await expect(overview.panel('Requests')).toContainText('by status')
})

test('range, route and traffic are in the URL, and outlive a reload', async ({ overview, page }) => {
  await overview.open()
  await overview.choice('1h').click()
  await overview.choice('All traffic').click()
  await overview.routes.link(ROUTE).click()
  await expect(page).toHaveURL(/\/dashboard\?/)
  const query = new URL(page.url()).searchParams
  expect(Object.fromEntries(query)).toEqual({ range: '1h', traffic: 'all', route: ROUTE })

  await page.reload()
  await overview.becomesLive()
  await expect(overview.choice('1h')).toHaveAttribute('aria-pressed', 'true')
  await expect(overview.choice('All traffic')).toHaveAttribute('aria-pressed', 'true')
  await expect(overview.chip).toContainText(ROUTE)
  await expect.poll(() => overview.routes.names()).toEqual([ROUTE])
})

test('the back button takes back a choice, and the forward button makes it again', async ({ overview, page }) => {
  await overview.open()
  await expect(overview.routes.link(ROUTE)).toBeVisible()
  await overview.choice('1m').click()
  await overview.routes.link(ROUTE).click()
  await expect(overview.chip).toBeVisible()

  await page.goBack()
  await expect(overview.chip).toBeHidden()
  await expect(overview.choice('1m')).toHaveAttribute('aria-pressed', 'true')
  await page.goBack()
  await expect(overview.choice('5m')).toHaveAttribute('aria-pressed', 'true')
  await page.goForward()
  await page.goForward()
  await expect(overview.chip).toContainText(ROUTE)
  await expect(overview.choice('1m')).toHaveAttribute('aria-pressed', 'true')
  await overview.becomesLive()
})

const SENSELESS: [query: string, range: string][] = [
  ['range=2h&traffic=some', '5m'],
  ['range=', '5m'],
  ['range=1m&range=1h', '1m'],
  [`route=${'x'.repeat(9999)}`, '5m'],
  ['route=%00%22}%5C', '5m'],
]

for (const [query, range] of SENSELESS) {
  test(`a query that makes no sense is no error: ${query.slice(0, 30)}`, async ({ overview }) => {
    await overview.open(`?${query}`)
    await expect(overview.choice(range)).toHaveAttribute('aria-pressed', 'true')
    await expect(overview.choice('App traffic')).toHaveAttribute('aria-pressed', 'true')
    await expect(overview.panel('Memory')).toContainText('MB')
  })
}
