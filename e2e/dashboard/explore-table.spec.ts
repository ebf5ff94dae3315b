// A table of ten thousand rows: those on the screen are drawn, and all of them are sorted, filtered and saved.
import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { freshTest } from '../dashboard-test'
import type { Exposing } from '../exposing'
import { exposing } from '../exposing'
import { ExplorePage } from '../pages/explore'

const ROWS = 10_000

const LARGE = `# TYPE shelf_items gauge\n${Array.from({ length: ROWS }, (_, i) => `shelf_items{shelf="shelf-${i}"} ${i}\n`).join('')}`

const test = freshTest.extend<{ large: Exposing }>({
  large: async ({}, provide) => {
    const target = await exposing(() => LARGE)
    await provide(target)
    target.close()
  },
  variables: async ({ large }, provide) => provide({ SCRAPE_TARGETS: `large=${large.url}`, SCRAPE_INTERVAL: '5s' }),
})

test('ten thousand rows are reached by keys, sorted, filtered and saved', async ({ fresh, page }) => {
  test.slow()
  const counted = new URLSearchParams({ query: 'count(shelf_items)' })
  await expect
    .poll(async () => {
      const answer = await (await fetch(`${fresh.url}/prometheus/api/v1/query?${counted}`)).json()
      return answer.data.result[0]?.value[1]
    })
    .toBe(`${ROWS}`)
  const explore = new ExplorePage(page)
  // At a fixed time: the rows stand still.
  const to = Date.now()
  const view = { 'g0.expr': 'sum by (shelf) (shelf_items)', show: 'table', from: `${to - 60_000}`, to: `${to}` }
  await explore.open(`/dashboard/explore?${new URLSearchParams(view)}`)
  const table = explore.answer.getByRole('table')
  await expect(explore.answer.getByRole('status')).toHaveText('10,000 rows')
  await expect(table).toHaveAttribute('aria-rowcount', `${ROWS + 1}`)
  const drawn = table.locator('tbody tr[data-index]')
  await expect(drawn.first()).toBeVisible()
  expect(await drawn.count()).toBeLessThan(150)

  await page.getByRole('button', { name: 'Value' }).click()
  await expect(drawn.first()).toContainText('shelf-9999')
  await page.getByRole('region', { name: 'Rows' }).focus()
  await page.keyboard.press('End')
  await expect(drawn.last()).toContainText('shelf-0')
  await expect(drawn.last()).toHaveAttribute('aria-rowindex', `${ROWS + 1}`)
  await page.keyboard.press('Home')
  await expect(drawn.first()).toContainText('shelf-9999')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])

  const loading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  const rows = (await readFile(await (await loading).path(), 'utf8')).trim().split('\r\n')
  expect(rows).toHaveLength(ROWS + 1)
  expect([rows[1], rows.at(-1)]).toEqual(['shelf-9999,9999', 'shelf-0,0'])

  await page.getByRole('searchbox', { name: 'Filter rows' }).fill('shelf-77')
  await expect(explore.answer.getByRole('status')).toHaveText('111 rows')
  await expect(drawn.first()).toContainText('shelf-7799')
})
