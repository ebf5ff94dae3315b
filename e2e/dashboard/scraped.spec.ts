// The metrics of programs that have nothing of ours: node_exporter, and an app that uses prom-client by itself.
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { Counter, Histogram, Registry } from 'prom-client'
import { findNodeExporter, NODE_EXPORTER_ADVICE } from '../../scripts/find-node-exporter.mjs'
import { freshTest } from '../dashboard-test'
import type { Exposing } from '../exposing'
import { exposing } from '../exposing'
import { freePort } from '../free-port'
import type { Program } from '../program'
import { startProgram } from '../program'

type Shop = { url: string; sell(kind: string, seconds: number): void }

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

/** In OpenMetrics, with the trace of one of its slow orders. */
const toPost = (times: number) => `# TYPE order_seconds histogram
order_seconds_bucket{le="1.0"} ${times}
order_seconds_bucket{le="+Inf"} ${2 * times} # {trace_id="${TRACE}"} 2.5 ${Date.now() / 1000}
order_seconds_sum ${3 * times}
order_seconds_count ${2 * times}
# EOF
`

type Fixtures = { shop: Shop; node: { url: string; path: string | undefined }; post: Exposing }

const test = freshTest.extend<Fixtures>({
  post: async ({}, provide) => {
    const target = await exposing(toPost, 'application/openmetrics-text; version=1.0.0; charset=utf-8')
    await provide(target)
    target.close()
  },
  shop: async ({}, provide) => {
    const registry = new Registry()
    const registers = [registry]
    const sales = new Counter({ name: 'shop_sales_total', help: 'Sales by kind.', labelNames: ['kind'], registers })
    const packing = new Histogram({ name: 'shop_packing_seconds', help: 'Time to pack.', registers })
    const target = await exposing(() => registry.metrics(), registry.contentType)
    await provide({
      url: `http://${target.address}`,
      sell(kind, seconds) {
        sales.inc({ kind })
        packing.observe(seconds)
      },
    })
    target.close()
  },
  node: async ({}, provide) => {
    const path = findNodeExporter()
    const url = `http://127.0.0.1:${await freePort()}`
    const program: Program | undefined =
      path === undefined ? undefined : startProgram(path, [`--web.listen-address=${new URL(url).host}`])
    await provide({ url, path })
    await program?.stop()
  },
  variables: async ({ node, post, shop }, provide) => {
    await provide({ SCRAPE_TARGETS: `node=${node.url}/metrics,shop=${shop.url}/metrics,post=${post.url}` })
  },
})

const search = (page: Page) => page.getByRole('searchbox', { name: /^Search metrics/ })
const row = (page: Page, name: string) =>
  page
    .getByRole('list', { name: 'Metrics' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

/** The families of an exposition, by their type. */
async function familiesOf(url: string): Promise<Map<string, string>> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]))
}

test('node_exporter: the page lists its families, and draws each by its type', async ({ node, overview, page }) => {
  const absence = `There is no node_exporter. ${NODE_EXPORTER_ADVICE}`
  test.info().skip(node.path === undefined && !process.env.CI, absence)
  if (node.path === undefined) throw new Error(absence)
  await page.goto(`/dashboard/metrics?target=node/${new URL(node.url).host}`)
  await overview.becomesLive()
  const count = page.getByRole('search').getByRole('status')
  await expect(count).toHaveText(/^[\d,]{3,} metrics$/)
  const families = await familiesOf(node.url)
  const listed = Number((await count.textContent())?.replace(/\D/g, ''))
  // A collector may come or go between two scrapes.
  expect(Math.abs(listed - families.size)).toBeLessThan(20)

  await search(page).fill('node_cpu_seconds_total')
  const cpu = row(page, 'node_cpu_seconds_total')
  await expect(cpu).toContainText('counter')
  await expect(cpu).toContainText(/mode \d/)
  await expect(cpu).toContainText(/since \d\d:\d\d:\d\d/)
  await cpu.getByRole('link').click()
  // The six largest: a busy machine has no idle time among them.
  const modes = overview.panel('By mode').getByRole('listitem')
  await expect(modes.filter({ hasText: /user|system/ }).first()).toBeVisible()
  for (const title of ['node_cpu_seconds_total', 'By mode']) {
    await expect(overview.panel(title).locator('path[data-mark]').first()).toBeAttached()
  }

  await page.goto(`/dashboard/metrics?target=node/${new URL(node.url).host}&metric=node_memory_MemTotal_bytes`)
  await expect(overview.panel('node_memory_MemTotal_bytes').getByRole('listitem')).toContainText('B')
})

test('prom-client: its families stand with those of every target, split by target', async ({
  fresh,
  overview,
  page,
  shop,
}) => {
  for (const seconds of [0.02, 0.3, 2]) shop.sell('tea', seconds)
  shop.sell('coffee', 0.1)
  const host = new URL(shop.url).host
  await page.goto(`/dashboard/metrics?target=shop/${host}`)
  await overview.becomesLive()
  await expect(page.getByRole('search').getByRole('status')).toHaveText('2 metrics')
  await expect(row(page, 'shop_sales_total')).toContainText('kind 2')

  await page.getByRole('combobox', { name: 'Metrics of' }).selectOption({ label: 'Every target (4)' })
  await expect(page).toHaveURL(/[?&]of=\*/)
  await search(page).fill('shop_packing')
  await row(page, 'shop_packing_seconds').getByRole('link').click()
  for (const title of ['Percentiles', 'Heat map', 'Observations']) {
    await expect(overview.panel(title)).toBeVisible()
  }
  await expect(async () => {
    // What a rate sees of: a sale before the first scrape has no increase.
    shop.sell('tea', 0.2)
    await expect(overview.panel('Observations').locator('path[data-mark]').first()).toBeAttached({ timeout: 2_000 })
  }).toPass()

  await page.getByRole('link', { name: 'All metrics' }).click()
  await search(page).fill('requests_total')
  await expect(row(page, 'requests_total')).toContainText('counter')
  // This app's own metric has one target's series: the same name in two targets is one family.
  await expect(row(page, 'requests_total')).not.toContainText(/instance [2-9]/)
  await page.getByRole('combobox', { name: 'Metrics of' }).selectOption('')
  await expect(page.getByRole('main')).toContainText('No metric fits')
  expect(fresh.port).toBeGreaterThan(0)
})

test('the palette leads to a target, whose exemplars are dots that lead to its traces', async ({
  overview,
  page,
  post,
}) => {
  await overview.open('?range=1m')
  await page.keyboard.press('Control+k')
  await page.keyboard.type(post.address)
  const target = page.getByRole('group', { name: 'Targets' }).getByRole('option', { name: post.address })
  await expect(target).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(overview.targets).toHaveValue(`post/${post.address}`)
  await expect(page).toHaveURL((url) => url.searchParams.get('target') === `post/${post.address}`)
  const panel = overview.panel('order_seconds')
  await expect(panel.locator(`[data-exemplar="${TRACE}"]`).first()).toBeAttached()
  const slider = panel.getByRole('slider')
  await slider.focus()
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowLeft')
      return slider.getAttribute('aria-valuetext')
    })
    .toContain(TRACE.slice(0, 8))
})
