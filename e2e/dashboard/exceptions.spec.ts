// What a handler or a page throws is on the page, without a reload.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { sumOf } from '../exposition'
import { send } from '../send'

const THROWN = [
  {
    path: '/demo/api/payments',
    labels: { route: '/demo/api/payments', kind: 'route', error: 'PaymentDeclined' },
    words: 'GET /demo/api/payments: The demo card was declined.',
  },
  {
    path: '/demo/report',
    labels: { route: '/demo/report', kind: 'render', error: 'ReportUnavailable' },
    words: 'GET /demo/report: The demo report cannot be made.',
  },
]

test('an exception shows with its class, its route and its message', async ({ overview, fresh }) => {
  await overview.open()
  const panel = overview.panel('Exceptions')
  await expect(panel).toContainText('None so far.')
  for (const [i, { path, labels, words }] of THROWN.entries()) {
    await send(fresh.url, path)
    const newest = panel.getByRole('listitem').first()
    await expect(newest).toContainText(labels.error)
    await expect(newest).toContainText(words)
    await expect(newest.getByRole('time')).toHaveText(/^now|s ago$/)
    await expect(panel.getByRole('listitem')).toHaveCount(i + 1)
    expect(await sumOf(fresh.url, 'exceptions_total', labels)).toBe(1)
  }
  expect(await sumOf(fresh.url, 'exceptions_total')).toBe(THROWN.length)
})

test('a board of one route shows the exceptions of that route', async ({ overview, fresh }) => {
  for (const { path } of THROWN) await send(fresh.url, path)
  await overview.open('?route=/demo/report')
  const exceptions = overview.panel('Exceptions').getByRole('listitem')
  await expect(exceptions).toHaveCount(1)
  await expect(exceptions).toContainText('ReportUnavailable')
})

test('counts are those of /metrics, and a rare exception stays beside a frequent one', async ({ overview, fresh }) => {
  const [frequent, rare] = THROWN
  if (frequent === undefined || rare === undefined) throw new Error('expected two exceptions to throw')
  await send(fresh.url, rare.path)
  for (let i = 0; i < 120; i++) await send(fresh.url, frequent.path)
  await overview.open()
  const exceptions = overview.panel('Exceptions').locator('ol > li')
  await expect(exceptions).toHaveCount(2)
  await expect(exceptions.first()).toContainText('PaymentDeclined ×120')
  expect(await sumOf(fresh.url, 'exceptions_total', frequent.labels)).toBe(120)
  await expect(exceptions.last()).toContainText('ReportUnavailable')

  await exceptions.last().getByText('ReportUnavailable').click()
  const example = exceptions.last().getByRole('listitem')
  await expect(example).toHaveCount(1)
  await expect(example).toContainText('The demo report cannot be made.')
  await expect(exceptions.last()).toContainText('First seen')
})
