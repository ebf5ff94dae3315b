// The keyboard alone reaches everything, and does everything.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { send } from '../send'

const TILES = ['Requests', 'Errors (5xx)', 'p50', 'p95', 'p99', 'In flight']
const CHARTS = ['Latency buckets', 'Latency heat map', 'Latency percentiles']
const RUNTIME = ['CPU', 'Memory', 'Event loop', 'Garbage collection', 'Memory by kind', 'Event loop delay']
const tools = (title: string) => [`About ${title}`, `Menu of ${title}`]
const LEGENDS: Record<string, string[]> = {
  'Requests by status': ['2xx', '3xx', '4xx', '5xx', '499 left'],
  'Errors over time': ['500 /demo/api/payments'],
  'Latency percentiles': ['p50', 'p95', 'p99'],
  'Memory by kind': ['resident', 'heap total', 'heap used', 'external', 'array buffers'],
  'Event loop delay': ['p50', 'p95', 'p99'],
}
const withSlider = (title: string) => [
  ...tools(title),
  `${title}: read at`,
  ...(LEGENDS[title] ?? []).map((name) => `${name} of ${title}`),
]

/** From left to right and from top to bottom. */
const ORDER = [
  ...[
    'Overview',
    'Explore',
    'Metrics',
    'Boards',
    'Errors',
    'App traffic',
    'All traffic',
    '1m',
    '5m',
    '15m',
    '1h',
    'Pause',
    'Go to',
    'Theme: system. Change to light',
  ],
  ...TILES.flatMap(tools),
  ...['By status', 'By route', 'Count', ...withSlider('Requests by status')],
  ...CHARTS.flatMap(withSlider),
  ...withSlider('Errors over time'),
  ...['All errors', ...tools('Exceptions'), /^PaymentDeclined ×3/],
  ...[...tools('Routes'), 'Route', 'Rate per s', '5xx', 'p50', 'p95', 'p99', 'Total'],
  ...['/demo/api/payments', '/demo/products/[id]'],
  ...RUNTIME.flatMap(withSlider),
  '/api/metrics',
]

test.beforeEach(async ({ fresh, overview }) => {
  await send(fresh.url, '/demo/products/1', 2)
  await send(fresh.url, '/demo/api/payments', 3)
  await overview.open()
  await expect.poll(() => overview.total()).toBe(5)
})

test('Tab goes through everything in its order, by names of their own, and the focus is seen', async ({ page }) => {
  expect(new Set(ORDER).size).toBe(ORDER.length)
  const focused = page.locator(':focus')
  for (const name of ORDER) {
    await page.keyboard.press('Tab')
    await expect(focused).toHaveAccessibleName(name)
    // A chart's slider is invisible itself: the chart around it is outlined.
    const outline = await focused.evaluate((element) => {
      const outlined = element.matches('[type=range]') ? element.parentElement : element
      return outlined === null ? '' : getComputedStyle(outlined).outline
    })
    expect(outline).toMatch(/ solid 2px$/)
  }
  await page.keyboard.press('Tab')
  await expect(focused).toHaveCount(0)
})

test('Enter on a route shows the board for it alone, and the chip takes that back', async ({ overview, page }) => {
  await overview.routes.link('/demo/products/[id]').press('Enter')
  await expect(page).toHaveURL(/\?route=%2Fdemo%2Fproducts%2F%5Bid%5D$/)
  await expect(overview.chip).toHaveAccessibleName('Show all routes instead of /demo/products/[id]')
  await expect.poll(() => overview.total()).toBe(2)
  expect(await overview.routes.names()).toEqual(['/demo/products/[id]'])
  await expect(overview.panel('Latency buckets')).toContainText('2 requests')
  await expect(overview.tile('Errors (5xx)')).toContainText('0%')
  await expect(overview.panel('Exceptions')).not.toContainText('PaymentDeclined')
  await expect(overview.routes.link('/demo/products/[id]')).toBeFocused()

  await overview.chip.press('Enter')
  await expect(overview.chip).toBeHidden()
  await expect.poll(() => overview.total()).toBe(5)
  expect(await overview.routes.names()).toHaveLength(2)
  expect(new URL(page.url()).search).toBe('')
})

test('a header sorts the routes, and says how', async ({ overview }) => {
  const { routes } = overview
  await expect(routes.header('Rate')).toHaveAttribute('aria-sort', 'descending')
  const total = routes.header('Total').getByRole('button')
  await total.press('Enter')
  await expect(routes.header('Total')).toHaveAttribute('aria-sort', 'descending')
  await expect(routes.header('Rate')).toHaveAttribute('aria-sort', 'none')
  expect(await routes.names()).toEqual(['/demo/api/payments', '/demo/products/[id]'])
  await total.press('Space')
  await expect(routes.header('Total')).toHaveAttribute('aria-sort', 'ascending')
  expect(await routes.names()).toEqual(['/demo/products/[id]', '/demo/api/payments'])
  await routes.header('Route').getByRole('button').press('Enter')
  await expect(routes.header('Route')).toHaveAttribute('aria-sort', 'ascending')
  expect(await routes.names()).toEqual(['/demo/api/payments', '/demo/products/[id]'])
})

test('a pause holds the picture, and what came meanwhile is there after it', async ({ overview, fresh }) => {
  await overview.pause.press('Space')
  await expect(overview.state).toHaveText('Paused')
  await expect(overview.pause).toHaveAttribute('aria-pressed', 'true')
  await send(fresh.url, '/demo/products/1', 4)
  // The server has scraped what the page doesn't show: it answers with the new sum.
  const asked = `${fresh.url}/prometheus/api/v1/query?query=${encodeURIComponent('sum(requests_total{route=~"/demo.*"})')}`
  await expect.poll(async () => (await (await fetch(asked)).json()).data.result[0].value[1]).toBe('9')
  expect(await overview.total()).toBe(5)

  await overview.pause.press('Space')
  await overview.becomesLive()
  await expect.poll(() => overview.total()).toBe(9)
  await overview.pause.press('Space')
  const memory = await overview.readings(overview.panel('Memory'))
  const values = memory.map(({ rows }) => rows.get('resident') ?? '').map((text) => (text === '–' ? ' ' : 'x'))
  expect(values.join('').trim()).toMatch(/^x{3,}$/)
})

test('a board that is paused follows a choice, and stays paused', async ({ overview, fresh }) => {
  await overview.pause.press('Space')
  await overview.choice('15m').press('Space')
  await overview.routes.link('/demo/products/[id]').press('Enter')
  await expect.poll(() => overview.total()).toBe(2)
  await expect(overview.tile('p95')).toContainText('15 m shown')
  await expect(overview.state).toHaveText('Paused')
  await send(fresh.url, '/demo/products/1')
  await overview.pause.press('Space')
  await expect.poll(() => overview.total()).toBe(3)
})

test('range, traffic and theme are chosen by keys', async ({ overview, page }) => {
  await overview.choice('1m').press('Enter')
  await expect(overview.choice('1m')).toHaveAttribute('aria-pressed', 'true')
  await expect(overview.choice('5m')).toHaveAttribute('aria-pressed', 'false')
  await overview.choice('All traffic').press('Space')
  await expect(overview.choice('All traffic')).toHaveAttribute('aria-pressed', 'true')
  await expect(overview.routes.link('/dashboard')).toBeVisible()
  await overview.theme.press('Enter')
  await overview.theme.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('the keys of a chart read it moment by moment', async ({ overview, page }) => {
  await overview.pause.press('Space')
  const slider = overview.panel('Requests').getByRole('slider')
  await expect(slider).toHaveAttribute('aria-valuetext', 'newest')
  await slider.focus()
  await expect(slider).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d, .*5xx: .+, 2xx: .+, total: .+/)
  const newest = await slider.getAttribute('aria-valuetext')
  await page.keyboard.press('ArrowLeft')
  await expect(slider).not.toHaveAttribute('aria-valuetext', newest ?? '')
  const first = await slider.getAttribute('aria-valuetext')
  await page.keyboard.press('ArrowLeft')
  await expect(slider).not.toHaveAttribute('aria-valuetext', first ?? '')
  await page.keyboard.press('Escape')
  await expect(slider).toHaveAttribute('aria-valuetext', 'newest')
})

test('help opens with the focus, and Escape puts it away', async ({ overview, page }) => {
  const about = overview.panel('Latency heat map').getByRole('button', { name: 'About Latency heat map' })
  const help = overview.panel('Latency heat map').getByRole('tooltip')
  await expect(help).toBeHidden()
  await about.focus()
  await expect(help).toBeVisible()
  await expect(about).toHaveAccessibleDescription(/^Each cell is a latency bucket/)
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
})

test('the PromQL of every panel is copied as this app and Prometheus take it @long', async ({
  overview,
  fresh,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  /** Each expression by itself, as the items of the menu copy it. */
  const copied = async (title: string, kind: 'tile' | 'panel') => {
    const read = () => page.evaluate(() => navigator.clipboard.readText())
    const button = overview[kind](title).getByRole('button', { name: /^Menu of / })
    const items = page.getByRole('menuitem', { name: /^Copy PromQL/ })
    const texts: string[] = []
    do {
      await page.evaluate(() => navigator.clipboard.writeText(''))
      await button.press('Enter')
      await items.first().waitFor()
      for (const _ of texts) await page.keyboard.press('ArrowDown')
      const left = (await items.count()) - texts.length - 1
      await page.keyboard.press('Enter')
      await expect.poll(read).not.toBe('')
      texts.push(await read())
      if (left === 0) return texts
    } while (texts.length < 10)
    return texts
  }
  const own = `job="hearth",instance="127.0.0.1:${fresh.port}"`
  expect(await copied('CPU', 'panel')).toEqual([`sum(rate(process_cpu_seconds_total{${own}}[4s]))`])
  expect((await copied('Latency percentiles', 'panel'))[1]).toMatch(
    /^histogram_quantile\(0\.95, sum by \(le\) \(rate\(/,
  )

  const asked: [string, 'tile' | 'panel'][] = [
    ...TILES.map((title): [string, 'tile'] => [title, 'tile']),
    ...['Requests', ...CHARTS, 'Routes', 'Exceptions', ...RUNTIME].map((title): [string, 'panel'] => [title, 'panel']),
  ]
  for (const [title, kind] of asked) {
    for (const expr of await copied(title, kind)) {
      const answer = await fetch(`${fresh.url}/prometheus/api/v1/query?${new URLSearchParams({ query: expr })}`)
      expect({ expr, status: (await answer.json()).status }).toEqual({ expr, status: 'success' })
    }
  }
})
