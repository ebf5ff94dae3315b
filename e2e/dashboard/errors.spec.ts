// Errors: groups with their true counts, and what one of them said, beside the requests of its route.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { test as base } from '../dashboard-test'
import { sumOf } from '../exposition'
import { freePort } from '../free-port'
import { send } from '../send'
import type { Server } from '../start-server'
import { startServer } from '../start-server'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

/** One server for all of them, which also shows the package's own page on a port of its own. */
const test = base.extend<object, { both: Server & { ownUrl: string } }>({
  both: [
    async ({}, provide) => {
      const ownPort = await freePort()
      const server = await startServer({ env: { HEARTH_PORT: `${ownPort}` } })
      const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, cookie: 'session=of-ann' }
      await fetch(`${server.url}/demo/api/payments?card=of-ann`, { headers })
      await send(server.url, '/demo/report', 3)
      await provide({ ...server, ownUrl: `http://127.0.0.1:${ownPort}` })
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ both }, provide) => provide(both.url),
})

const groups = (page: Page) => page.getByRole('list', { name: 'Groups of exceptions' }).getByRole('button')
const examples = (page: Page) => page.getByRole('list', { name: 'Examples' }).getByRole('listitem')

for (const shell of ['the page that Next renders', 'the page of the package'] as const) {
  test(`${shell}: a group has its count, and opened what it said, with its request, status, trace and stack`, async ({
    both,
    page,
  }) => {
    await page.goto(shell === 'the page of the package' ? `${both.ownUrl}/errors` : '/dashboard/errors')
    await expect(groups(page)).toHaveCount(2)
    const labels = { error: 'ReportUnavailable' }
    await expect(groups(page).filter({ hasText: labels.error })).toContainText(
      `${await sumOf(both.url, 'exceptions_total', labels)} times`,
    )
    await groups(page).filter({ hasText: 'PaymentDeclined' }).click()
    const example = examples(page).first()
    await expect(example).toContainText('The demo card was declined.')
    await expect(example).toContainText('RequestGET /demo/api/paymentsStatus500')
    await expect(example).toContainText(TRACE)
    await example.getByText('Stack', { exact: true }).click()
    await expect(example.locator('pre')).toContainText(/^at /)
    await expect(page.locator('body')).not.toContainText('of-ann')
    await expect(example.locator('pre')).not.toContainText(process.cwd())
    for (const name of ['Requests', 'Latency percentiles']) {
      await expect(page.getByRole('region', { name, exact: true })).toHaveAttribute('data-face', 'live')
    }
    await expect(page).toHaveURL(/\?open=route\+PaymentDeclined\+%2Fdemo%2Fapi%2Fpayments$/)
    await page.reload()
    await expect(examples(page)).toHaveCount(1)
    await page.goBack()
    await expect(examples(page)).toHaveCount(0)
  })
}

test('with ERROR_DETAILS=off a group has its count, and neither message nor path', async ({ page }) => {
  const server = await startServer({ env: { ERROR_DETAILS: 'off' } })
  try {
    await fetch(`${server.url}/demo/api/payments`)
    await page.goto(`${server.url}/dashboard/errors`)
    const group = groups(page).filter({ hasText: 'PaymentDeclined' })
    await expect(group).toContainText('1 time')
    await group.click()
    await expect(page).toHaveURL(/open=/)
    await expect(page.getByRole('region', { name: 'Requests', exact: true })).toBeVisible()
    await expect(page.locator('body')).not.toContainText('The demo card was declined.')
  } finally {
    await server.kill()
  }
})

test('what was not seen before the last start is marked as new', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-'))
  // A short memory has points of a second.
  const env = { DATA_DIR: folder, FLUSH_INTERVAL: '1s', RETENTION: '2m' }
  const before = await startServer({ env })
  let server = before
  try {
    await fetch(`${before.url}/demo/api/payments`)
    await expect
      .poll(async () => {
        const query = encodeURIComponent('exceptions_total{error="PaymentDeclined"}')
        return (await fetch(`${before.url}/prometheus/api/v1/query?query=${query}`)).text()
      })
      .toContain('PaymentDeclined')
    await before.stop()
    server = await startServer({ env, port: before.port })
    await fetch(`${server.url}/demo/api/payments`)
    await send(server.url, '/demo/report', 1)
    await page.goto(`${server.url}/dashboard/errors`)
    const mark = page.getByTitle('Not seen before the last start or build')
    await expect(groups(page).filter({ hasText: 'ReportUnavailable' }).filter({ has: mark })).toHaveCount(1)
    await expect(groups(page).filter({ hasText: 'PaymentDeclined' })).toHaveCount(1)
    await expect(mark).toHaveCount(1)
  } finally {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a group that is opened and closed by keys keeps the focus', async ({ page }) => {
  await page.goto('/dashboard/errors')
  const group = groups(page).filter({ hasText: 'PaymentDeclined' })
  await group.focus()
  for (const count of [1, 0]) {
    await page.keyboard.press('Enter')
    await expect(examples(page)).toHaveCount(count)
    await expect(group).toBeFocused()
  }
  await page.goBack()
  await expect(examples(page)).toHaveCount(1)
})

test('the board links to it, and a filter goes along', async ({ page }) => {
  await page.goto('/dashboard?route=/demo/report')
  await page.getByRole('region', { name: 'Exceptions' }).getByRole('link', { name: 'All errors' }).click()
  await expect(page).toHaveURL(/\/dashboard\/errors\?route=/)
  await expect(groups(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Show all routes instead of /demo/report' }).click()
  await expect(groups(page)).toHaveCount(2)
})

for (const width of [1440, 390]) {
  test(`nothing is wrong for people with disabilities at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`/dashboard/errors?${new URLSearchParams({ open: 'route PaymentDeclined /demo/api/payments' })}`)
    await examples(page).first().getByText('Stack', { exact: true }).click()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overhang).toBe(0)
  })
}
