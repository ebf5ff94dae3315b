// A bad day: every request fails, a rare route fails among many, a target is down, a target is no Hearth. The page says so.
import { expect } from '@playwright/test'
import { freshTest } from '../dashboard-test'
import { exposing } from '../exposing'
import { sumOf } from '../exposition'
import { freePort } from '../free-port'
import { send } from '../send'

const FAILURES = 10_000
/** As many at once as a browser or a proxy may send. */
const AT_ONCE = 25

freshTest(
  'in an outage the numbers are those of /metrics, and title, icon and marks say it',
  async ({ overview, fresh, page }) => {
    freshTest.slow()
    await overview.open()
    await expect(page).not.toHaveTitle(/errors/)
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
    const icon = await page.locator('link[rel~="icon"]').first().getAttribute('href')
    expect(icon).toMatch(/icon-bad.*\.svg$/)
    expect((await page.request.get(new URL(icon ?? '', page.url()).href)).headers()['content-type']).toContain('svg')
  },
)

/** Sixty routes, each busier than the next; the last one fails. */
const toMany = (times: number) =>
  Array.from({ length: 60 }, (_, i) => {
    const status = i === 59 ? '500' : '200'
    return `requests_total{method="GET",route="/r/${i}",status="${status}"} ${times * (60 - i)}\n`
  }).join('')

/** Somebody waits between two scrapes: a histogram that stands still has no percentiles. */
const toShop = (times: number) => `# HELP carts_total Carts that were filled.
# TYPE carts_total counter
carts_total{shop="a"} 5
carts_total{shop="b"} 7
# TYPE queue_length gauge
queue_length 0.25
# TYPE wait_seconds histogram
wait_seconds_bucket{le="1"} ${times}
wait_seconds_bucket{le="+Inf"} ${2 * times}
wait_seconds_sum ${3 * times}
wait_seconds_count ${2 * times}
# TYPE build_info gauge
build_info{version="1.2.3"} 1
`

/** Host and port of what `fresh` scrapes besides itself. */
type Others = { many: string; shop: string; gone: string }

const test = freshTest.extend<{ others: Others }>({
  others: async ({}, provide) => {
    const many = await exposing((times) => `# TYPE requests_total counter\n${toMany(times)}`)
    const shop = await exposing(toShop)
    await provide({ many: many.address, shop: shop.address, gone: `127.0.0.1:${await freePort()}` })
    many.close()
    shop.close()
  },
  variables: async ({ others }, provide) => {
    const targets = Object.entries(others).map(([job, address]) => `${job}=http://${address}/metrics`)
    await provide({ SCRAPE_TARGETS: targets.join(',') })
  },
})

test.describe('other targets', () => {
  test('a failing route is seen among sixty, and says that it fails', async ({ overview, others }) => {
    await overview.open(`?target=many/${others.many}`)
    await expect.poll(() => overview.routes.names()).toHaveLength(11)
    await expect(overview.routes.row('/r/59')).toContainText('Fails')
    await expect(overview.panel('Routes').getByRole('button', { name: 'All 60 routes' })).toBeVisible()
  })

  test('a target that is down is said in the bar, whichever is chosen, and a click chooses it', async ({
    overview,
    others,
    page,
  }) => {
    await overview.open()
    const down = page.getByRole('banner').getByRole('region', { name: 'Targets down' })
    await expect(down).toContainText('1 down')
    await down.getByRole('link', { name: `gone ${others.gone}` }).click()
    await expect(overview.targets).toHaveValue(`gone/${others.gone}`)
    await expect(overview.down).toContainText('down: connection refused, never seen')
    await expect(overview.state).toHaveText('Live, target down')
    await expect(page).toHaveTitle('● target down · Hearth')
    await page.reload()
    await expect(page).toHaveTitle('● target down · Hearth')
  })

  test('a target that is no Hearth has a board of its own metrics', async ({ overview, others, page }) => {
    await overview.open(`?target=shop/${others.shop}`)
    await expect(overview.tile('Up')).toContainText('1')
    await expect(overview.tile('Samples')).toContainText('8')
    await expect(overview.panel('carts_total').getByRole('listitem')).toContainText(['a', 'b'])
    await expect(overview.panel('queue_length')).toContainText('0.25')
    await expect(overview.panel('wait_seconds')).toContainText('p95')
    await expect(overview.panel('Metrics without a panel')).toContainText('build_info')
    await expect(page.getByText('No requests')).toHaveCount(0)
  })
})

freshTest('an empty board says once how to fill it', async ({ overview, page }) => {
  await overview.open()
  await expect(overview.panel('Requests')).toContainText('npm run demo')
  await expect(page.getByText('npm run demo')).toHaveCount(1)
})
