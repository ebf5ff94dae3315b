// Builds clones of this repository with other configurations of Next, and looks at what becomes of them.
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test as base } from '../dashboard-test'
import { freePort } from '../free-port'
import { countedExceptions, countedRequests, expectedExceptions, expectedRequests } from '../hosts/counted'
import { DOORS as OWN_DOORS, TOKEN, textOf, WITH_TOKEN } from '../hosts/doors'
import { send } from '../hosts/send'
import { Overview } from '../pages/overview'
import type { Clone } from './clone'
import { makeClone } from './clone'
import { CONFIGURATIONS } from './configuration'
import { serveFiles } from './files-server'
import { readOnly } from './read-only'
import type { RunningClone } from './running-clone'
import { historyOf, startClone } from './running-clone'
import { DOORS, requestsOf, shownOf } from './sent'

const BUILDING_MS = 20 * 60_000
const ROUTE = '/demo/products/[id]'

/** No server of this repository's app is wanted. */
const test = base.extend({ baseURL: ({}, provide) => provide(undefined) })

for (const configuration of CONFIGURATIONS) {
  const { base = '', slash = '' } = configuration
  const requests = requestsOf(configuration)
  const firstPath = requests[0].path

  test.describe(configuration.name, { tag: configuration.isChosen ? ['@chosen'] : [] }, () => {
    test.describe.configure({ mode: 'serial' })
    let clone: Clone
    let server: RunningClone
    let closeFiles = () => {}

    /** What it has counted, without this reading. */
    async function counted() {
      const all = await countedRequests(`${server.url}${base}/api`)
      return Object.fromEntries(Object.entries(all).filter(([key]) => !key.includes(' /api/metrics ')))
    }

    test.beforeAll(async () => {
      test.setTimeout(BUILDING_MS)
      const assetsPort = await freePort()
      clone = await makeClone(configuration, `http://127.0.0.1:${assetsPort}`)
      closeFiles = await serveFiles(assetsPort, clone.staticFiles)
      server = await startClone(clone, { firstPath })
    })

    test.afterAll(async () => {
      await server?.kill()
      closeFiles()
      clone?.remove()
    })

    // So that whatever fails says also what the server has said.
    test.afterEach(async ({}, { status, expectedStatus }) => {
      if (status !== expectedStatus) console.log(`${configuration.name} has said:\n${server?.output()}`)
    })

    test('says where its dashboard is', () => {
      const at = server.url + base
      expect(server.output()).toContain(`dashboard at ${at}/dashboard, metrics at ${at}/metrics.`)
    })

    test('counts exactly what it is sent, by route and status, and each exception once', async () => {
      for (const sent of requests) await send(server.url, sent)
      await expect.poll(counted).toEqual(expectedRequests({ requests }))
      expect(await countedExceptions(`${server.url}${base}/api`)).toEqual(expectedExceptions({ requests }))
    })

    test('sends browsers to the dashboard, and greets programs', async () => {
      const headers = { accept: 'text/html' }
      const sent = await fetch(server.url + firstPath, { headers, redirect: 'manual' })
      expect([sent.status, sent.headers.get('location')]).toEqual([307, `${base}/dashboard`])
      expect(await (await fetch(server.url + firstPath)).json()).toEqual({ message: 'Hello World' })
    })

    test('answers on a port of its own as well, and keeps its history on disk', async () => {
      for (const { path, contains } of OWN_DOORS) {
        expect(await (await fetch(server.own + path)).text()).toContain(contains)
      }
      await expect.poll(async () => (await historyOf(server.own)).state).toBe('disk')
    })

    test('shows the numbers live, and a view that the URL keeps', async ({ page, overview }) => {
      await page.goto(server.url + firstPath)
      await expect(page).toHaveURL(`${server.url}${base}/dashboard${slash}`)
      await overview.becomesLive()
      await expect.poll(() => overview.total()).toBe(shownOf(await counted()))
      await send(server.url, { ...requests[1], path: requests[1]?.path ?? '', status: 200, route: ROUTE, times: 5 })
      await expect.poll(() => overview.total()).toBe(shownOf(await counted()))

      await overview.choice('1m').click()
      await overview.routes.link(ROUTE).click()
      const url = new RegExp(`${base}/dashboard${slash}\\?range=1m&route=`)
      await expect(page).toHaveURL(url)
      await page.reload()
      await overview.becomesLive()
      await expect(page).toHaveURL(url)
      await expect(overview.chip).toContainText(ROUTE)
      await expect.poll(() => overview.routes.total(ROUTE)).toBe((await counted())[`GET ${ROUTE} 200`])
      await page.goBack()
      await expect(overview.chip).toBeHidden()
    })

    test('answers Explore, lists metrics and groups of exceptions, below its base path and on its own port', async ({
      page,
    }) => {
      for (const at of [
        {
          explore: `${base}/dashboard/explore${slash}`,
          metrics: `${base}/dashboard/metrics${slash}`,
          root: server.url,
        },
        { explore: '/explore', metrics: '/all-metrics', root: server.own },
      ]) {
        await page.goto(`${at.root}${at.explore}?g0.expr=sum(up)&show=explain`)
        await expect(page.getByRole('treeitem', { name: 'up', exact: true })).toContainText('Instant vector, 1 series')
        await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Metrics' }).click()
        await expect(page).toHaveURL(`${at.root}${at.metrics}`)
        const row = page
          .getByRole('list', { name: 'Metrics' })
          .getByRole('listitem')
          .filter({ hasText: 'requests_total' })
        await expect(row.first()).toContainText('counter')
        await row.first().getByRole('link').click()
        await expect(page).toHaveURL(/[?&]metric=requests_total/)
        await expect(page.getByRole('region', { name: 'By route' })).toBeVisible()
        await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Errors' }).click()
        await expect(page.getByRole('list', { name: 'Groups of exceptions' }).getByRole('button').first()).toBeVisible()
      }
    })

    for (const colorScheme of ['light', 'dark'] as const) {
      // The browser would complain of whatever the policy forbids, and the test fails then.
      test(`draws its charts in ${colorScheme} colours, as its policy allows`, async ({ page, overview }) => {
        await page.emulateMedia({ colorScheme })
        const response = await page.goto(`${server.url}${base}/dashboard${slash}`)
        const policy = response?.headers()['content-security-policy'] ?? ''
        expect(policy).toMatch(configuration.policy ?? /script-src 'self'.* 'nonce-/)
        expect(policy).not.toContain('unsafe-inline')
        await overview.becomesLive()
        await overview.theme.click()
        for (const name of ['Requests', 'Latency buckets', 'Latency heat map', 'Latency percentiles']) {
          const box = await overview.panel(name).locator('[data-mark]').first().boundingBox()
          expect([name, (box?.width ?? 0) > 10]).toEqual([name, true])
        }
      })
    }

    test('has counted what the browser asked for as what it is', async () => {
      const routes = new Set(Object.keys(await counted()).map((key) => key.split(' ')[1]))
      const known = [
        ...requests.map(({ route }) => route),
        '/_next/*',
        '/icon.svg',
        '/api/metrics',
        '/dashboard/explore',
      ]
      expect([...routes].filter((route) => !known.includes(route ?? ''))).toEqual([])
      const inItsLog = /^(?!.*(?:PaymentDeclined|ReportUnavailable|no such)).*(?:\w*Error\b|⨯|⚠).*$/gm
      expect(server.output().match(inItsLog) ?? []).toEqual([])
    })

    test.describe('with a token', () => {
      test.use({ tolerated: /status of 401/ })

      test('opens no door without it, and every door with it, in a browser as well', async ({ page }) => {
        await server.stop()
        server = await startClone(clone, { firstPath, env: { HEARTH_TOKEN: TOKEN } })
        const at = server.url + base
        for (const { path, query = '', contains } of DOORS) {
          expect([path, (await fetch(at + path + query, { redirect: 'manual' })).status]).toEqual([path, 401])
          for (const headers of WITH_TOKEN) {
            const response = await fetch(at + path + query, { headers, redirect: 'manual' })
            expect([path, response.status]).toEqual([path, 200])
            expect(await textOf(response)).toContain(contains)
          }
        }
        const refused = await fetch(`${at}/dashboard${slash}`, { headers: { accept: 'text/html' }, redirect: 'manual' })
        expect(refused.status).toBe(401)
        await page.goto(`${at}/dashboard`)
        await page.getByLabel('Token').fill(TOKEN)
        await page.getByRole('button', { name: 'Log in' }).click()
        await expect(page).toHaveURL(`${at}/dashboard${slash}`)
        await new Overview(page).becomesLive()
        expect(server.output()).not.toContain(TOKEN)
      })
    })

    if (configuration.isReadOnly) {
      test('runs where nothing can be written, with its history elsewhere or in memory', async ({ page }) => {
        await server.stop()
        const elsewhere = join(clone.around, 'elsewhere')
        mkdirSync(elsewhere)
        // For another user.
        chmodSync(elsewhere, 0o777)
        chmodSync(clone.around, 0o755)
        const { by, open } = readOnly(clone.folder)
        try {
          for (const [dataDir, state] of [
            [undefined, 'memory'],
            [join(clone.folder, 'data'), 'memory'],
            [elsewhere, 'disk'],
          ] as const) {
            server = await startClone(clone, { firstPath, by, env: { DATA_DIR: dataDir } })
            for (const sent of requests) await send(server.url, sent)
            await expect.poll(counted).toEqual(expectedRequests({ requests }))
            await expect.poll(async () => (await historyOf(server.own)).state).toBe(state)
            await page.goto(server.url + firstPath)
            await new Overview(page).becomesLive()
            const notice = page.getByRole('status', { name: 'History on disk' })
            if (state === 'memory') await expect(notice).toContainText('in memory only')
            else await expect(notice).toBeEmpty()
            expect(server.output().match(/history can't be written/g) ?? []).toHaveLength(state === 'memory' ? 1 : 0)
            expect(server.output()).not.toMatch(/unhandled|⚠/i)
            // It would look for the server.
            await page.goto('about:blank')
            await server.stop()
          }
          expect(existsSync(join(clone.folder, '.hearth'))).toBe(false)
        } finally {
          open()
        }
      })
    }
  })
}
