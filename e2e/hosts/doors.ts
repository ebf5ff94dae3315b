// What lies below a base path of Hearth's, and how programs and people get in there with a token.
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { Overview } from '../pages/overview'

export const TOKEN = 'a-token-of-the-hosts-4711'

/** With a text that only the right answer contains. */
export const DOORS: readonly { path: string; contains: string }[] = [
  { path: '', contains: '<div id="hearth">' },
  { path: '/metrics', contains: 'requests_total{' },
  { path: '/prometheus/api/v1/query?query=up', contains: '"status":"success"' },
  { path: '/prometheus/api/v1/labels', contains: '"status":"success"' },
  { path: '/api/trpc/metrics.status', contains: '"result"' },
]

/** As Prometheus sends it, and as a browser or Grafana does. */
export const WITH_TOKEN: readonly Record<string, string>[] = [
  { authorization: `Bearer ${TOKEN}` },
  { authorization: `Basic ${Buffer.from(`anyone:${TOKEN}`).toString('base64')}` },
]

const PROTECTION = [
  'cache-control',
  'content-security-policy',
  'content-type',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
]

/** What an answer tells browsers and caches: the same on every port, whatever the app says of its own pages. */
export function protectionOf({ headers }: Response): Record<string, string | null> {
  return Object.fromEntries(PROTECTION.map((name) => [name, headers.get(name)]))
}

/** An answer's head and body, to be searched. */
export async function textOf(response: Response): Promise<string> {
  return `${JSON.stringify([...response.headers])}\n${await response.text()}`
}

/** Opens the dashboard at `url` as somebody who has to log in first, and waits until it is live. */
export async function logIn(page: Page, url: string): Promise<Overview> {
  // Those of another port count as well.
  await page.context().clearCookies()
  await page.goto(url)
  await page.getByLabel('Token').fill(TOKEN)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL(new RegExp(`^${url}/?$`))
  const overview = new Overview(page)
  await overview.becomesLive()
  return overview
}
