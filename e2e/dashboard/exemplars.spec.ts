// Exemplars: a request with a trace is a dot on the latency charts and a row of the slowest, and both lead to its trace.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { SHELLS, TRACE_URL, bothTest as test } from '../dashboard-test'

/** A trace of its own for each test, since an exemplar is of its bucket's newest request. */
async function sendTraced(url: string): Promise<string> {
  const traceId = crypto.randomUUID().replaceAll('-', '')
  await fetch(`${url}/demo/slow?ms=30`, { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } })
  return traceId
}

/** The seconds that the exposition has beside the trace. */
async function exposedSeconds(url: string, traceId: string): Promise<number> {
  const response = await fetch(`${url}/api/metrics`, { headers: { accept: 'application/openmetrics-text' } })
  const text = await response.text()
  return Number(new RegExp(`trace_id="${traceId}"[^}]*\\} (\\S+)`).exec(text)?.[1])
}

const row = (page: Page, traceId: string) =>
  page
    .getByRole('region', { name: /^Slowest requests/ })
    .getByRole('row')
    .filter({ hasText: traceId })

for (const shell of SHELLS) {
  test(`within ${shell} a traced request is a dot and a row, as the exposition has it, and leads to its trace`, async ({
    both,
    page,
  }) => {
    const traceId = await sendTraced(both.url)
    const seconds = await exposedSeconds(both.url, traceId)
    expect(seconds).toBeGreaterThan(0.03)
    await page.goto(`${both.home(shell)}?range=1m&route=%2Fdemo%2Fslow`)
    for (const title of ['Latency percentiles', 'Latency heat map']) {
      const panel = page.getByRole('region', { name: title, exact: true })
      await expect(panel.locator(`[data-exemplar="${traceId}"]`)).toHaveCount(1)
    }
    await expect(row(page, traceId)).toContainText('GET /demo/slow 200')
    const text = (await row(page, traceId).getByRole('cell').first().textContent()) ?? ''
    expect(text).toMatch(/^[\d.]+ (?:ms|s)$/)
    const shownSeconds = Number.parseFloat(text) / (text.endsWith(' ms') ? 1000 : 1)
    expect(Math.abs(shownSeconds - seconds)).toBeLessThan(seconds * 0.02)
    const link = row(page, traceId).getByRole('link', { name: `Trace ${traceId}` })
    await expect(link).toHaveAttribute('href', TRACE_URL + traceId)

    await row(page, traceId).getByRole('link', { name: 'Explore' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Explore' })).toBeFocused()
    await expect(page).toHaveURL(/latency_seconds_bucket/)
    await expect(page.getByRole('region', { name: 'Graph' })).toBeVisible()
  })
}

test('a dot is read and its trace is reached by the keyboard', async ({ both, page }) => {
  const traceId = await sendTraced(both.url)
  await page.goto(`${both.home('Next')}?range=1m&route=%2Fdemo%2Fslow`)
  const panel = page.getByRole('region', { name: 'Latency percentiles', exact: true })
  await expect(panel.locator(`[data-exemplar="${traceId}"]`)).toHaveCount(1)
  const slider = panel.getByRole('slider')
  await slider.focus()
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowLeft')
      return slider.getAttribute('aria-valuetext')
    })
    .toContain(traceId.slice(0, 8))
  await page.keyboard.press('Enter')
  const link = panel.getByRole('link', { name: `Trace ${traceId}` })
  await expect(link).toHaveAttribute('href', TRACE_URL + traceId)
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab')
      return page.locator(':focus').getAttribute('href')
    })
    .toContain(TRACE_URL)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')
  await expect(link).toHaveCount(0)
})
