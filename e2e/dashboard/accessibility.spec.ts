// What a program can find wrong for people with disabilities: nothing, in both themes, wide and narrow, full and empty.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { send } from '../send'

// Axe looks at each of a thousand elements several times.
test.slow()

const WIDE = { width: 1440, height: 900 }
/** Axe takes seconds for each. */
const LOOKS = [
  { viewport: WIDE, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

test('the board is accessible, without traffic and with it @long', async ({ overview, fresh, page }) => {
  await overview.open()
  await expect(overview.panel('Routes')).toContainText('No requests in the last 5 m.')
  await isAccessible(page)

  await send(fresh.url, '/demo/products/1', 9)
  await send(fresh.url, '/demo/api/payments', 3)
  await send(fresh.url, '/demo/slow?ms=400', 2)
  await send(fresh.url, '/no/such/path')
  await expect.poll(() => overview.total()).toBe(15)
  await page.reload()
  await overview.becomesLive()
  await isAccessible(page)

  await overview.routes.link('/demo/products/[id]').click()
  await expect(overview.chip).toBeVisible()
  await expect.poll(() => overview.total()).toBe(9)
  await overview
    .panel('Latency percentiles')
    .getByRole('button', { name: /^About/ })
    .focus()
  await isAccessible(page)

  await overview.drag(overview.panel('Latency percentiles'), 0.5, 1)
  await expect(overview.state).toHaveText('Paused')
  await overview.panel('Requests').getByRole('button', { name: /^2xx/ }).click()
  await overview
    .panel('Routes')
    .getByRole('button', { name: /^Menu of/ })
    .press('Enter')
  await isAccessible(page, () => expect(page.getByRole('menu')).toBeVisible())
})

test('the themes of the switch are those of the system', async ({ overview, page }) => {
  await overview.open()
  const background = () => page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
  const seen: string[] = []
  for (const theme of ['system', 'light', 'dark', 'system']) {
    await expect(overview.theme).toHaveAccessibleName(new RegExp(`^Theme: ${theme}`))
    seen.push(await background())
    await overview.theme.click()
  }
  const [system, light, dark, again] = seen
  expect([light, again]).toEqual([system, system])
  expect(dark).not.toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(overview.theme).toHaveAccessibleName(/^Theme: light/)
  expect(await background()).toBe(light)
  await page.reload()
  await expect(overview.theme).toHaveAccessibleName(/^Theme: light/)
  await overview.theme.click()
  await overview.theme.click()
  await expect(overview.theme).toHaveAccessibleName(/^Theme: system/)
  expect(await background()).toBe(dark)
})

/** Nothing that axe finds, and nothing wider than the screen: wide and narrow, light and dark, while `holds` does. */
async function isAccessible(page: Page, holds = async () => {}): Promise<void> {
  for (const { colorScheme, viewport } of LOOKS) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await holds()
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.map(({ id, nodes }) => ({
      id,
      at: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
    }))
    expect(found, `${viewport.width} pixels, ${colorScheme}`).toEqual([])
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overhang, `${viewport.width} pixels`).toBe(0)
  }
  await page.setViewportSize(WIDE)
}
