// The server's HTML already has the history, for the first paint and for a browser without JavaScript.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { send } from '../send'

test.use({ javaScriptEnabled: false })

/** The main charts, what is drawn in each, and the height in pixels that it has at least: equal percentiles are a flat line. */
const DRAWN = [
  { name: 'Requests', marks: 'path[data-mark]', height: 20 },
  { name: 'Latency percentiles', marks: 'path[data-mark]', height: 0 },
  { name: 'Latency buckets', marks: 'rect[data-mark]', height: 20 },
  { name: 'Latency heat map', marks: '[data-mark] path', height: 20 },
]

const sizesOf = (marks: Element[]) =>
  marks.map((mark) => {
    const { width, height } = mark.getBoundingClientRect()
    return { width, height }
  })

test('the numbers and the charts are there without JavaScript', async ({ overview, fresh, page }) => {
  await send(fresh.url, '/demo/products/1', 21)
  await send(fresh.url, '/demo/api/payments', 7)
  await expect
    .poll(async () => {
      await page.goto('/dashboard')
      return overview.total()
    })
    .toBe(28)
  expect(await overview.routes.total('/demo/products/[id]')).toBe(21)
  expect(await overview.routes.cell('/demo/api/payments', '5xx')).toBe('100%')
  await expect(overview.tile('Errors (5xx)')).toContainText('25.0%')
  await expect(overview.panel('Latency buckets')).toContainText('28 requests')
  await expect(overview.panel('Exceptions').getByRole('listitem')).toContainText(['PaymentDeclined ×7'])
  await expect(overview.panel('Memory')).toContainText(/\d MB/)
  expect((await overview.heat('100')).top).toBeGreaterThan(0)
  // A curve needs a second point.
  await expect
    .poll(async () => {
      await page.goto('/dashboard')
      const boxes = DRAWN.map(({ name, marks }) => overview.panel(name).locator(marks).evaluateAll(sizesOf))
      return (await Promise.all(boxes)).map((all, i) =>
        all.some(({ width, height }) => width > 0 && height >= (DRAWN[i]?.height ?? 0)),
      )
    })
    .toEqual(DRAWN.map(() => true))
  for (const { name } of DRAWN) {
    if (name !== 'Latency buckets') await expect(overview.panel(name).getByText('UTC')).toBeVisible()
  }
  expect(await (await fetch(`${fresh.url}/dashboard`)).text()).not.toMatch(/<[^>]* style=/)
  await expect(page.getByRole('main')).not.toContainText('Loading')
})

test('so are those of a window that stands still', async ({ overview, fresh, page }) => {
  await send(fresh.url, '/demo/products/1', 5)
  await expect
    .poll(async () => {
      const now = Date.now()
      await page.goto(`/dashboard?from=${now - 600_000}&to=${now}`)
      // Of a process this young, PromQL's increase adds a part for the time since its last scrape.
      const isWhole = /about 5 requests/.test((await overview.panel('Latency buckets').textContent()) ?? '')
      return [await overview.total(), isWhole]
    })
    .toEqual([5, true])
  await expect(overview.state).toHaveText('Paused')
  await expect(overview.tile('p95')).toContainText('10 m')
  await expect(page.getByRole('main')).not.toContainText('Loading')
})
