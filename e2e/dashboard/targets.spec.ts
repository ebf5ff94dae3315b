// Another target: the page switches to it, its numbers are its own, and while it is down the page says so and why.
import { expect } from '@playwright/test'
import { freshTest } from '../dashboard-test'
import { send } from '../send'
import type { Server } from '../start-server'
import { startServer } from '../start-server'

/** `other` is scraped by `fresh`. */
const test = freshTest.extend<{ other: Server }>({
  other: async ({}, provide) => {
    const other = await startServer()
    await provide(other)
    await other.kill()
  },
  variables: async ({ other }, provide) => provide({ SCRAPE_TARGETS: `orders=${other.url}/metrics` }),
})

test('the page switches to another target, and says when it is down', async ({ overview, page, fresh, other }) => {
  const name = `orders/127.0.0.1:${other.port}`
  const option = overview.targets.getByRole('option', { name: `orders 127.0.0.1:${other.port}` })
  await overview.open()
  await send(fresh.url, '/', 3)
  await send(other.url, '/', 5)
  await send(fresh.url, '/demo/api/payments')
  await expect(overview.targets).toHaveValue(`hearth/127.0.0.1:${fresh.port}`)
  await expect.poll(() => overview.total()).toBe(4)
  await expect(overview.panel('Exceptions').getByRole('listitem')).toHaveCount(1)

  await overview.targets.selectOption(name)
  await expect.poll(() => overview.total()).toBe(5)
  expect(new URL(page.url()).searchParams.get('target')).toBe(name)
  await expect(overview.panel('Exceptions')).toContainText('exceptions_total')
  await expect(overview.panel('Memory')).toContainText('MB')

  await page.reload()
  await overview.becomesLive()
  await expect(overview.targets).toHaveValue(name)
  expect(await overview.total()).toBe(5)

  // All together: what they count is added up, and gauges say so.
  await overview.targets.selectOption('all 2 together')
  await expect.poll(() => overview.total()).toBe(9)
  expect(new URL(page.url()).searchParams.get('target')).toBe('*')
  await expect(overview.panel('Memory')).toContainText('resident, sum of 2 instances')
  await expect(overview.panel('Event loop')).toContainText('worst of 2 instances')
  expect(await overview.routes.total('/')).toBe(8)
  await page.reload()
  await overview.becomesLive()
  await expect(overview.targets).toHaveValue('*')
  await expect.poll(() => overview.total()).toBe(9)
  await overview.targets.selectOption(name)
  await expect.poll(() => overview.total()).toBe(5)

  const words = /down: connection refused, last seen \d\d:\d\d:\d\d$/
  await expect(overview.down).toHaveText('')
  await other.kill()
  await expect(overview.down).toHaveText(words, { timeout: 20_000 })
  await expect(option).toHaveText(words)
  await expect(overview.state).toHaveText(/^Live/)
  await expect.poll(() => overview.total()).toBeNaN()

  const successor = await startServer({ port: other.port })
  try {
    await expect(overview.down).toHaveText('', { timeout: 20_000 })
    await send(other.url, '/', 2)
    await expect.poll(() => overview.total()).toBe(2)
  } finally {
    await successor.kill()
  }

  await overview.targets.selectOption({ index: 0 })
  await expect.poll(() => overview.total()).toBe(4)
  expect(new URL(page.url()).search).toBe('')
})
