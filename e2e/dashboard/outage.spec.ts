// A bad day: every request fails, a rare route fails among many, a target is down, a target is no Hearth. The page says so.
import type { Server as HttpServer } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { sumOf } from '../exposition'
import { freePort } from '../free-port'
import { send } from '../send'

const FAILURES = 10_000
/** As many at once as a browser or a proxy may send. */
const AT_ONCE = 25

test('in an outage the numbers are those of /metrics, and title, icon and marks say it', async ({
  overview,
  fresh,
  page,
}) => {
  await overview.open()
  const icon = () => page.locator('link[rel~="icon"]').first().getAttribute('href')
  const calm = await icon()
  await expect(page).toHaveTitle('Overview · Hearth')
  for (let sent = 0; sent < FAILURES; sent += AT_ONCE) await send(fresh.url, '/demo/api/payments', AT_ONCE)

  await expect.poll(() => overview.total()).toBe(FAILURES)
  const route = '/demo/api/payments'
  expect(await sumOf(fresh.url, 'requests_total', { route, status: '500' })).toBe(FAILURES)
  expect(await sumOf(fresh.url, 'exceptions_total', { route })).toBe(FAILURES)
  expect(await overview.routes.total(route)).toBe(FAILURES)
  expect(await overview.routes.cell(route, '5xx')).toBe('100%')
  await expect(overview.panel('Exceptions')).toContainText(`×${FAILURES.toLocaleString('en-US')}`)
  await expect(overview.panel('Errors over time').getByRole('listitem')).toContainText([`500 ${route}`])

  const tile = overview.tile('Errors (5xx)')
  await expect(tile).toContainText('100%')
  await expect(tile).toContainText('Bad')
  await expect(overview.routes.row(route)).toContainText('Fails')
  await expect(page).toHaveTitle('● 100% errors · Hearth')
  const alarmed = await icon()
  expect(alarmed).toMatch(/icon-bad.*\.svg$/)
  expect((await page.request.get(new URL(alarmed ?? '', page.url()).href)).headers()['content-type']).toContain('svg')
  expect(calm).not.toBe(alarmed)
})

/** Serves an exposition, as another program does; `toText` is told how often it was asked. */
async function expose(toText: (times: number) => string): Promise<{ server: HttpServer; address: string }> {
  let times = 0
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/plain').end(toText(++times)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { server, address: `127.0.0.1:${port}` }
}

/** Sixty routes, each busier than the next; the last one fails. */
const toMany = (times: number) =>
  Array.from({ length: 60 }, (_, i) => {
    const status = i === 59 ? '500' : '200'
    return `requests_total{method="GET",route="/r/${i}",status="${status}"} ${times * (60 - i)}\n`
  }).join('')

const SHOP = `# HELP carts_total Carts that were filled.
# TYPE carts_total counter
carts_total{shop="a"} 5
carts_total{shop="b"} 7
# TYPE queue_length gauge
queue_length 0.25
# TYPE wait_seconds histogram
wait_seconds_bucket{le="1"} 1
wait_seconds_bucket{le="+Inf"} 2
wait_seconds_sum 3
wait_seconds_count 2
# TYPE build_info gauge
build_info{version="1.2.3"} 1
`

test.describe('other targets', () => {
  let many: Awaited<ReturnType<typeof expose>>
  let shop: Awaited<ReturnType<typeof expose>>
  let gone: number

  test.beforeAll(async () => {
    many = await expose((times) => `# TYPE requests_total counter\n${toMany(times)}`)
    shop = await expose(() => SHOP)
    gone = await freePort()
  })
  test.afterAll(() => {
    many.server.close()
    shop.server.close()
  })
  test.use({
    variables: async ({}, provide) =>
      provide({
        SCRAPE_TARGETS: `many=http://${many.address}/metrics,shop=http://${shop.address}/metrics,gone=http://127.0.0.1:${gone}/metrics`,
      }),
  })

  test('a failing route is seen among sixty, and says that it fails', async ({ overview }) => {
    await overview.open(`?target=many/${many.address}`)
    await expect.poll(() => overview.routes.names()).toHaveLength(11)
    await expect(overview.routes.row('/r/59')).toContainText('Fails')
    await expect(overview.panel('Routes').getByRole('button', { name: 'All 60 routes' })).toBeVisible()
  })

  test('a target that is down is said in the bar, whichever is chosen, and a click chooses it', async ({
    overview,
    page,
  }) => {
    await overview.open()
    const down = page.getByRole('banner').getByRole('region', { name: 'Targets down' })
    await expect(down).toContainText('1 down')
    await down.getByRole('button', { name: `gone 127.0.0.1:${gone}` }).click()
    await expect(overview.targets).toHaveValue(`gone/127.0.0.1:${gone}`)
    await expect(overview.down).toContainText('down: connection refused, never seen')
    await expect(overview.state).toHaveText('Live, target down')
    await expect(page).toHaveTitle('● target down · Hearth')
  })

  test('a target that is no Hearth has a board of its own metrics', async ({ overview, page }) => {
    await overview.open(`?target=shop/${shop.address}`)
    await expect(overview.tile('Up')).toContainText('1')
    await expect(overview.tile('Samples')).toContainText('8')
    await expect(overview.panel('carts_total').getByRole('listitem')).toContainText(['a', 'b'])
    await expect(overview.panel('queue_length')).toContainText('0.25')
    await expect(overview.panel('wait_seconds')).toContainText('p95')
    await expect(overview.panel('Metrics without a panel')).toContainText('build_info')
    await expect(page.getByText('No requests')).toHaveCount(0)
  })
})

test('an empty board says once how to fill it', async ({ overview, page }) => {
  await overview.open()
  await expect(overview.panel('Requests')).toContainText('npm run demo')
  await expect(page.getByText('npm run demo')).toHaveCount(1)
})
