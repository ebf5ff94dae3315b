// One app: going between the pages loads no document and opens no stream twice, and the browser's history leads back.
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { SHELLS, bothTest as test } from '../dashboard-test'
import { send } from '../send'

test.beforeEach(({ both }) => send(both.url, '/demo/products/1', 3))

/** What the page has asked for since. */
function watch(page: Page) {
  const streams: string[] = []
  const documents: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'document') documents.push(request.url())
    if (request.url().includes('metrics.live')) streams.push(request.url())
  })
  return { streams, documents }
}

const nav = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true })
const state = (page: Page) => page.getByRole('banner').getByRole('status')

/** All that the bar has said of the connection. */
async function hearStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said = new Set<string>()
    const look = () => {
      const words = document.querySelector('header [role=status]')?.textContent
      if (words) said.add(words)
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    look()
    Object.assign(window, { said })
  })
  return () => page.evaluate(() => [...(window as unknown as { said: Set<string> }).said])
}

for (const shell of SHELLS) {
  test.describe(`within ${shell}${shell === SHELLS[0] ? '' : ' @long'}`, () => {
    test('no document is loaded, no stream is opened twice, and nobody reads that it connects', async ({
      both,
      page,
    }) => {
      await page.goto(`${both.home(shell)}?range=1m`)
      await expect(state(page)).toHaveText(/^Live/)
      const { documents, streams } = watch(page)
      const said = await hearStates(page)
      for (const name of ['Errors', 'Metrics', 'Boards', 'Explore', 'Overview']) {
        await nav(page, name).click()
        await expect(page.getByRole('heading', { level: 1, name })).toBeFocused()
        // Overview's may be an alarm.
        await expect(page).toHaveTitle(name === 'Overview' ? /Hearth/ : `${name} · Hearth`)
        await expect(nav(page, name)).toHaveAttribute('aria-current', 'page')
        await expect(page).toHaveURL(/[?&]range=1m/)
        await expect(state(page)).toHaveText(/^Live/)
      }
      expect(documents).toEqual([])
      // One of each page that has questions of its own; the one of Overview has stood still in between, or not even that.
      expect(new Set(streams.map((url) => new URL(url).searchParams.get('input'))).size).toBe(streams.length)
      expect(await said()).not.toContain('Connecting')
    })

    test('there and back opens no stream', async ({ both, page }) => {
      await page.goto(both.home(shell))
      await expect(state(page)).toHaveText(/^Live/)
      const { documents, streams } = watch(page)
      await nav(page, 'Explore').click()
      await expect(page).toHaveTitle('Explore · Hearth')
      await nav(page, 'Overview').click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
      await expect(page.getByRole('region', { name: 'Requests', exact: true })).toHaveAttribute('data-face', 'live')
      await expect(state(page)).toHaveText(/^Live/)
      expect({ documents, streams }).toEqual({ documents: [], streams: [] })
    })

    test('back and forward show each page with its address, and its place', async ({ both, page }) => {
      await page.goto(`${both.home(shell)}?range=15m&traffic=all`)
      await expect(state(page)).toHaveText(/^Live/)
      await page.setViewportSize({ width: 1024, height: 600 })
      await page.evaluate(() => window.scrollTo(0, 300))
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(200)
      await page.evaluate(() => document.querySelector<HTMLAnchorElement>('nav a[href*=metrics]')?.click())
      await expect(page).toHaveTitle('Metrics · Hearth')
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
      const metric = page.getByRole('link', { name: 'requests_total', exact: true })
      await page.getByRole('searchbox').fill('requests_total')
      await metric.click()
      await expect(page.getByRole('heading', { name: 'requests_total' }).first()).toBeVisible()
      const { documents } = watch(page)
      await page.goBack()
      await expect(metric).toBeVisible()
      await page.goBack()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
      await expect(page).toHaveURL(/range=15m&traffic=all/)
      await expect(page.getByRole('button', { name: 'All traffic' })).toHaveAttribute('aria-pressed', 'true')
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(200)
      await page.goForward()
      await page.goForward()
      await expect(page.getByRole('heading', { name: 'requests_total' }).first()).toBeVisible()
      expect(documents).toEqual([])
      // What stands in the address is what is shown, also to a new document.
      await page.reload()
      await expect(page.getByRole('heading', { name: 'requests_total' }).first()).toBeVisible()
      await page.goBack()
      await page.goBack()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
      await expect(page.getByRole('button', { name: '15m' })).toHaveAttribute('aria-pressed', 'true')
      await expect(state(page)).toHaveText(/^Live/)
    })

    test('a link opens in a tab of its own as well', async ({ both, context, page }) => {
      await page.goto(both.home(shell))
      const opened = context.waitForEvent('page')
      await nav(page, 'Errors').click({ modifiers: ['Control'] })
      await expect(await opened).toHaveTitle('Errors · Hearth')
      await expect(page).toHaveTitle(/Hearth/)
      await expect(nav(page, 'Overview')).toHaveAttribute('aria-current', 'page')
    })

    test('the page before stays until the new one can be drawn', async ({ both, page }) => {
      await page.goto(both.home(shell))
      await expect(state(page)).toHaveText(/^Live/)
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      await page.route(/metrics\.live/, async (route) => {
        await held
        await route.continue()
      })
      await nav(page, 'Errors').click()
      await expect(page).toHaveURL(/\/errors/)
      await expect(page.getByRole('region', { name: 'Requests', exact: true })).toBeVisible()
      release()
      await expect(page.getByRole('heading', { level: 1, name: 'Errors' })).toBeFocused()
      await expect(page.getByRole('region', { name: 'Requests', exact: true })).toHaveCount(0)
      await expect(state(page)).toHaveText(/^Live/)
    })
  })
}
