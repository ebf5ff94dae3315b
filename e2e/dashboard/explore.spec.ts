// Explore: the reader asks in the page what nobody has put on a board, and the URL is all of it.
import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { test as base } from '../dashboard-test'
import { freePort } from '../free-port'
import { ExplorePage } from '../pages/explore'
import { send } from '../send'
import type { Server } from '../start-server'
import { startServer } from '../start-server'

const ROUTE = '/demo/products/[id]'

/** One server for all of them, which also shows the package's own page on a port of its own. */
const test = base.extend<{ explore: ExplorePage }, { both: Server & { ownUrl: string } }>({
  both: [
    async ({}, provide) => {
      const ownPort = await freePort()
      const server = await startServer({ env: { HEARTH_PORT: `${ownPort}` } })
      await provide({ ...server, ownUrl: `http://127.0.0.1:${ownPort}` })
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ both }, provide) => provide(both.url),
  explore: ({ page }, provide) => provide(new ExplorePage(page)),
})

/** A browser says so of every answer that is no success. */
test.use({ tolerated: /status of 400/ })

test.beforeEach(async ({ both }) => {
  await send(both.url, '/demo/products/1', 3)
  // The editor keeps the names that it was told: they are there before it asks.
  await expect.poll(() => askedValue(both, 'sum(requests_total)')).toBeGreaterThan(0)
})

test('the pages link to each other, and time and filters go along', async ({ page }) => {
  await page.goto(`/dashboard?range=1h&route=${encodeURIComponent(ROUTE)}&sort=-p95`)
  const nav = page.getByRole('navigation', { name: 'Pages' })
  await expect(nav.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page')
  await nav.getByRole('link', { name: 'Explore' }).click()
  await expect(page).toHaveURL(/\/dashboard\/explore\?range=1h&route=[^&]*$/)
  await expect(page).toHaveTitle('Explore · Hearth')
  await expect(nav.getByRole('link', { name: 'Explore' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('banner').getByRole('button', { name: '1h' })).toHaveAttribute('aria-pressed', 'true')
})

for (const shell of ['the page that Next renders', 'the page of the package'] as const) {
  test(`${shell}: completes the app's own names, underlines an error at its place, and leaves by the keyboard`, async ({
    both,
    explore,
    page,
  }) => {
    await explore.open(shell === 'the page of the package' ? `${both.ownUrl}/explore` : '/dashboard/explore')
    await explore.editor('A').pressSequentially('reque', { delay: 20 })
    await expect(explore.options.filter({ hasText: /^requests_total/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await explore.editor('A').fill('requests_total{ro')
    await page.keyboard.press('Control+Space')
    await expect(explore.options.filter({ hasText: /^route/ })).toBeVisible()
    await page.keyboard.press('Escape')

    await explore.editor('A').fill('')
    await explore.editor('A').pressSequentially('histogram_quantile(', { delay: 20 })
    await expect(page.getByText('histogram_quantile(scalar, instant vector): instant vector')).toBeVisible()
    await page.keyboard.press('Escape')

    await explore.ask('A', 'sum(requests_total) +\n rate(latency_seconds_count)')
    await expect(explore.query('A')).toContainText('parse error: expected type range vector')
    await expect.poll(() => explore.underlined()).toEqual(['latency_seconds_count'])

    await explore.editor('A').focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('textbox', { name: 'Legend of query A' })).toBeFocused()
  })
}

test('an answer is that of a direct query, as a table and as a graph, and another browser sees the same', async ({
  both,
  browser,
  explore,
  page,
}) => {
  const expr = `sum by (route) (requests_total{route="${ROUTE}"})`
  await expect.poll(() => askedValue(both, expr)).toBeGreaterThan(2)
  await explore.open('/dashboard/explore')
  await explore.ask('A', expr)
  await page.getByRole('textbox', { name: 'Legend of query A' }).fill('{{route}}!')
  await page.keyboard.press('Enter')
  await expect.poll(() => explore.legend()).toEqual([`${ROUTE}!`])
  await expect(explore.query('A')).toContainText(/1 series, [\d,]+ samples, /)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(explore.state).toHaveText('Paused')
  await expect.poll(async () => (await explore.drawn()).join('').length).toBeGreaterThan(10)

  const context = await browser.newContext({ baseURL: both.url, viewport: { width: 1440, height: 1500 } })
  const other = new ExplorePage(await context.newPage())
  await other.open(page.url())
  await expect.poll(() => other.drawn()).toEqual(await explore.drawn())
  await expect.poll(() => other.legend()).toEqual([`${ROUTE}!`])
  await context.close()

  await explore.choose('Table')
  const to = new URL(page.url()).searchParams.get('to') ?? ''
  await expect.poll(() => explore.rows()).toEqual([[ROUTE, `${await askedValue(both, expr, Number(to) / 1000)}`]])
})

test('explained, each part has the value that the API answers for it, and can be asked alone', async ({
  both,
  explore,
  page,
}) => {
  const inner = `sum by (route) (requests_total{route="${ROUTE}"})`
  await expect.poll(() => askedValue(both, inner)).toBeGreaterThan(2)
  const to = Date.now()
  const query = new URLSearchParams({ 'g0.expr': `${inner} * 2`, show: 'explain', from: `${to - 60_000}`, to: `${to}` })
  await explore.open(`/dashboard/explore?${query}`)
  await expect(explore.parts).toHaveCount(4)
  for (const part of await explore.parts.all()) {
    const expr = (await part.locator('code').textContent()) ?? ''
    const expected = expr === '2' ? 2 : await askedValue(both, expr, to / 1000)
    expect(Number((await part.locator('dd').first().textContent())?.replaceAll(',', '')), expr).toBe(expected)
  }
  await expect(explore.part(inner)).toContainText(/Instant vector, 1 series, [\d,]+ samples/)
  await expect(explore.part(inner)).toContainText(/route 1/)

  await explore.part(`${inner} * 2`).focus()
  for (const key of ['ArrowDown', 'ArrowLeft']) await page.keyboard.press(key)
  await expect(explore.parts).toHaveCount(3)
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/g1\.expr=sum\+by/)
  await explore.part('2').getByRole('button', { name: '2', exact: true }).click()
  await expect(page).toHaveURL(/g0\.expr=2&/)
})

test('several queries are asked together, each on or off; a histogram is a heat map', async ({ explore, page }) => {
  await explore.open('/dashboard/explore?g0.expr=up&g0.legend=one&g1.expr=up*2&g1.legend=two')
  await expect.poll(() => explore.legend()).toEqual(['one', 'two'])
  await page.getByRole('button', { name: 'Query A is on' }).click()
  await expect.poll(() => explore.legend()).toEqual(['two'])
  await expect(page).toHaveURL(/g0\.off=1/)
  await page.goBack()
  await expect.poll(() => explore.legend()).toEqual(['one', 'two'])
  await page.getByRole('button', { name: 'Remove query A' }).click()
  await expect.poll(() => explore.legend()).toEqual(['two'])
  await explore.ask('A', 'sum by (le) (latency_seconds_bucket)')
  await expect(page.getByRole('combobox', { name: 'Chart' }).locator('option:checked')).toHaveText('Auto, heat map')
  await explore.ask('A', '42')
  await expect(explore.answer.getByText('42', { exact: true }).first()).toBeVisible()
})

test('a panel of the board opens here with what it draws', async ({ explore, page }) => {
  await page.goto('/dashboard?range=1m')
  await page
    .getByRole('region', { name: 'Requests', exact: true })
    .getByRole('button', { name: /^Menu of/ })
    .click()
  await page.getByRole('menuitem', { name: 'Open in Explore' }).click()
  await expect(page).toHaveURL(/\/explore\?range=1m&g0\.expr=/)
  await expect(explore.editor('E')).toBeVisible()
  await expect.poll(() => explore.legend()).toContain('2xx')
})

for (const width of [1440, 390]) {
  test(`nothing is wrong for people with disabilities at ${width} pixels @long`, async ({ explore, page }) => {
    await page.setViewportSize({ width, height: 900 })
    await explore.open('/dashboard/explore?g0.expr=up&g1.expr=up%20%2B')
    await expect(explore.query('B')).toContainText('parse error')
    await expect.poll(() => explore.legend()).toHaveLength(1)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await explore.choose('Table')
    await expect.poll(() => explore.rows()).toHaveLength(1)
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual(
      [],
    )
    await explore.choose('Explain')
    await expect(explore.part('up')).toContainText('1 series')
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual(
      [],
    )
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overhang).toBe(0)
  })
}

/** The value of the one series that the API has for it, at a time in seconds, or now. */
async function askedValue({ url }: Server, query: string, time?: number): Promise<number> {
  const form = new URLSearchParams({ query, ...(time !== undefined && { time: `${time}` }) })
  const response = await fetch(`${url}/prometheus/api/v1/query?${form}`)
  const { data } = await response.json()
  return Number(data.result[0]?.value[1])
}
