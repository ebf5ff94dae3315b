// The palette: by the keyboard alone to a page, a route, a metric, and to an answer; a button opens it as well.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { SHELLS, bothTest as test } from '../dashboard-test'
import { send } from '../send'

const ROUTE = '/demo/products/[id]'

test.beforeEach(({ both }) => send(both.url, '/demo/products/1', 3))

const field = (page: Page) => page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox')
const option = (page: Page, group: string, name: string | RegExp) =>
  page.getByRole('group', { name: group }).getByRole('option', { name })

/** Opens it, types, and waits until the choice is the one that Enter would follow. */
async function choose(page: Page, key: string, typed: string, group: string, name: string | RegExp): Promise<void> {
  await page.keyboard.press(key)
  await expect(field(page)).toBeFocused()
  await page.keyboard.type(typed)
  await expect(option(page, group, name)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveCount(0)
}

for (const shell of SHELLS) {
  test(`within ${shell} it leads anywhere by the keyboard, and no document is loaded`, async ({ both, page }) => {
    await page.goto(`${both.home(shell)}?range=15m`)
    await expect(page.getByRole('banner').getByRole('status')).toHaveText(/^Live/)
    const documents: string[] = []
    page.on('request', (request) => {
      if (request.resourceType() === 'document') documents.push(request.url())
    })

    await choose(page, 'Control+k', 'err', 'Pages', 'Errors')
    await expect(page.getByRole('heading', { level: 1, name: 'Errors' })).toBeFocused()
    await expect(page).toHaveURL(/range=15m/)

    await choose(page, '/', 'products', 'Routes', ROUTE)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
    await expect(page).toHaveURL(/route=%2Fdemo%2Fproducts/)

    await choose(page, 'Control+k', 'nodejs', 'Boards', /nodejs\.json/)
    await expect(page.getByRole('heading', { level: 1, name: 'Boards' })).toBeFocused()
    await expect(page).toHaveURL(/board=nodejs\.json/)

    await choose(page, 'Meta+k', 'requests_total', 'Metrics', /^requests_total /)
    await expect(page).toHaveURL(/metric=requests_total/)
    await expect(page.getByRole('heading', { name: 'requests_total' }).first()).toBeVisible()

    await choose(page, '/', 'sum(up)', 'Query', /^sum\(up\)/)
    await expect(page).toHaveURL(/g0\.expr=sum%28up%29/)
    await expect(page.getByRole('textbox', { name: 'PromQL of query A' })).toHaveText('sum(up)')
    await expect(page.getByRole('region', { name: 'Graph' })).toBeVisible()
    expect(documents).toEqual([])

    // In a field a slash is a slash.
    await page.getByRole('textbox', { name: 'PromQL of query A' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('/')
    await expect(page.getByRole('textbox', { name: 'PromQL of query A' })).toHaveText('sum(up)/')
    await expect(page.getByRole('dialog', { name: 'Go to' })).toHaveCount(0)
  })
}

test('it asks the server when it is opened, shows few of many, and Escape closes it', async ({ both, page }) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (/families|label\/route/.test(request.url())) asked.push(request.url())
  })
  await page.goto(both.home('Next'))
  await expect(page.getByRole('banner').getByRole('status')).toHaveText(/^Live/)
  expect(asked).toEqual([])
  await page.getByRole('button', { name: 'Go to' }).click()
  await expect(field(page)).toBeFocused()
  await expect(option(page, 'Pages', 'Overview')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('group', { name: 'Metrics' }).getByRole('option')).toHaveCount(4)
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('option').last()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(option(page, 'Pages', 'Overview')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Go to' })).toBeFocused()
})

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`nothing is wrong with it for people with disabilities at ${viewport.width} pixels`, async ({ both, page }) => {
    await page.setViewportSize(viewport)
    await page.goto(both.home('Next'))
    await page.getByRole('button', { name: 'Go to' }).click()
    await field(page).fill('req')
    await expect(page.getByRole('group', { name: 'Metrics' }).getByRole('option').first()).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })
}
