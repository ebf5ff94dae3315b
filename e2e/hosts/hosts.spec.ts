// Installs the packed tarball into apps that it did not come from, and looks at what becomes of them.
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { installNode } from '../../scripts/other-node.mjs'
import { test as base } from '../dashboard-test'
import { sumOf } from '../exposition'
import type { App } from './app'
import { makeApp } from './app'
import { countedExceptions, countedRequests, expectedExceptions, expectedRequests, shownTotal } from './counted'
import { DOORS, logIn, protectionOf, TOKEN, textOf, WITH_TOKEN } from './doors'
import type { Host } from './host'
import { HOSTS } from './recipes/all'
import type { RunningApp } from './running-app'
import { startApp } from './running-app'
import { send } from './send'

const TARBALL = join(process.cwd(), 'dist', 'hearth-metrics-0.1.0.tgz')
const MAKING_MS = 20 * 60_000
/** How long an app may take to end while a browser follows its live stream. */
const ENDING_MS = 8_000
/** How long a page must not change before a picture of it counts. */
const STILL_MS = 250
/** Next's own, and what a signal leaves. */
const ENDS_BY_SIGTERM = [0, 143, null]

/** The major version of the Node that runs the apps, where it isn't the one that runs the tests. */
export type OtherNode = { otherNode: string | undefined }

/** No server of this repository's app is wanted. */
const test = base.extend<object, OtherNode>({
  baseURL: ({}, provide) => provide(undefined),
  otherNode: [undefined, { option: true, scope: 'worker' }],
})

for (const host of HOSTS) {
  test.describe(host.name, { tag: tagsOf(host) }, () => {
    test.describe.configure({ mode: 'serial' })
    let app: App
    let server: RunningApp
    let before: { shot: Buffer; clientFiles: string[]; headers: string[] }
    const startWired = (env?: Record<string, string>) => startApp(host, app, host.start.wired ?? host.start.plain, env)

    test.beforeAll(async ({ browser, otherNode }) => {
      test.setTimeout(MAKING_MS)
      const times = new Map<string, number>()
      const made = await makeApp(host, otherNode && folderOfNode(otherNode))
      app = made.app
      times.set('made in', made.seconds)
      if (host.build) times.set('built without in', await app.run(host.build))
      server = await startApp(host, app, host.start.plain)
      times.set('started without in', server.startSeconds)
      const page = await browser.newPage()
      const url = server.url + host.requests[0].path
      before = { shot: await shotOf(page, url), clientFiles: app.clientFiles(), headers: await headersOf(url) }
      await page.close()
      await server.stop()

      times.set('added in', await app.run([...host.add, TARBALL]))
      app.wire(host.wiring)
      if (host.wireBy) await app.run(host.wireBy)
      if (host.build) times.set('built with in', await app.run(host.build))
      server = await startWired()
      times.set('started with in', server.startSeconds)
      console.log(`${host.name}: ${[...times].map(([what, seconds]) => `${what} ${seconds.toFixed(2)} s`).join(', ')}`)
    })

    test.afterAll(async () => {
      await server?.kill()
      app?.remove()
    })

    // So that whatever fails says also what the app has said.
    test.afterEach(async ({}, { status, expectedStatus }) => {
      if (status !== expectedStatus) console.log(`${host.name} has said:\n${server?.output()}`)
    })

    test('says where its dashboard is, and its Node', async ({ otherNode }) => {
      expect(server.output()).toContain(`dashboard at ${server.hearth}, metrics at ${server.hearth}/metrics.`)
      const version = otherNode === undefined ? process.version : `v${otherNode}.`
      expect(await (await fetch(`${server.hearth}/metrics`)).text()).toContain(
        `nodejs_version_info{version="${version}`,
      )
    })

    test('counts exactly what it is sent, by route and status, and each exception once', async () => {
      for (const sent of host.requests) await send(server.url, sent)
      await expect.poll(() => countedRequests(server.hearth)).toEqual(expectedRequests(host))
      expect(await countedExceptions(server.hearth)).toEqual(expectedExceptions(host))
      for (const words of host.says ?? []) expect(server.output()).toContain(words)
      for (const [name, count] of Object.entries(host.counts ?? {})) {
        expect([name, await sumOf(server.hearth, name)]).toEqual([name, count])
      }
    })

    test('answers on the port of its own, and on its own port to nobody', async () => {
      for (const { path, contains } of DOORS) {
        const response = await fetch(server.hearth + path)
        expect([path, response.status]).toEqual([path, 200])
        expect(await response.text()).toContain(contains)
        if (host.mount === undefined) continue
        const refused = await fetch(server.url + host.mount + path)
        expect([path, refused.status]).toEqual([path, 401])
        expect(await refused.text()).toContain('set HEARTH_TOKEN')
      }
    })

    test.describe('as the app made it', () => {
      // Under a base path, the picture of the first page of create-next-app isn't there.
      test.use({ tolerated: /status of 404/ })

      test('is its page, and what browsers are sent', async ({ page }, testInfo) => {
        const url = server.url + host.requests[0].path
        expect(await headersOf(url)).toEqual(before.headers)
        expect(app.clientFiles()).toEqual(before.clientFiles)
        expect(app.clientFilesWith(/hearth/i)).toEqual([])
        expect(await (await fetch(url)).text()).not.toMatch(/hearth/i)
        const shot = await shotOf(page, url)
        await testInfo.attach('before', { body: before.shot, contentType: 'image/png' })
        await testInfo.attach('after', { body: shot, contentType: 'image/png' })
        expect(shot.equals(before.shot)).toBe(true)
        const counted = Object.keys(await countedRequests(server.hearth))
        expect(counted.some((key) => key.startsWith('GET /_next/* '))).toBe(host.clientFiles !== undefined)
      })
    })

    test('shows the numbers live', async ({ page, overview }) => {
      await page.goto(server.hearth)
      await overview.becomesLive()
      await expect.poll(() => overview.total()).toBe(await shownTotal(server.hearth))
      await send(server.url, { ...host.requests[0], times: 5 })
      await expect.poll(() => overview.total()).toBe(await shownTotal(server.hearth))
    })

    test.describe('when it is told to end', () => {
      test.use({ tolerated: /net::ERR_/ })

      test('does, while somebody looks', async ({ page, overview }) => {
        await page.goto(server.hearth)
        await overview.becomesLive()
        const toldMs = performance.now()
        const code = await server.stop()
        expect(performance.now() - toldMs).toBeLessThan(ENDING_MS)
        expect(ENDS_BY_SIGTERM).toContain(code)
      })
    })

    test.describe('with a token', () => {
      test.use({ tolerated: /status of 401/ })

      test('opens no door without it, and every door with it, and tells it nobody', async ({ page }) => {
        server = await startWired({ HEARTH_TOKEN: TOKEN, HEARTH_PROCESS_TIME_HEADER: '1' })
        expect(await headersOf(server.url + host.requests[0].path)).toContain('x-process-time')
        const said: string[] = []
        for (const place of [server.hearth, ...(host.mount === undefined ? [] : [server.url + host.mount])]) {
          const wrong = await fetch(`${place}/metrics`, { headers: { authorization: `Bearer not-${TOKEN}` } })
          expect(wrong.status).toBe(401)
          said.push(await textOf(wrong))
          for (const { path, contains } of DOORS) {
            const refused = await fetch(place + path)
            expect([place, path, refused.status]).toEqual([place, path, 401])
            const ours = await fetch(server.hearth + path)
            expect([place, path, protectionOf(refused)]).toEqual([place, path, protectionOf(ours)])
            said.push(await textOf(refused), await textOf(ours))
            for (const headers of WITH_TOKEN) {
              const response = await fetch(place + path, { headers })
              expect([place, path, response.status]).toEqual([place, path, 200])
              const ours = await fetch(server.hearth + path, { headers })
              expect([place, path, protectionOf(response)]).toEqual([place, path, protectionOf(ours)])
              said.push(await textOf(ours))
              const text = await textOf(response)
              expect(text).toContain(contains)
              said.push(text)
            }
          }
          const overview = await logIn(page, place)
          await expect.poll(() => overview.total()).toBe(await shownTotal(server.hearth))
          said.push(await page.content(), server.output())
        }
        expect(said.filter((text) => text.includes(TOKEN))).toEqual([])
        if (host.mount === undefined) return
        // Whichever door is used, and if the framework refuses it, it is none of the app's traffic; and the terminal has said
        // where it is.
        await fetch(`${server.url + host.mount}/metrics`, { method: 'PUT', redirect: 'manual' })
        const counted = Object.keys(await countedRequests(server.hearth))
        expect(counted.filter((key) => key.includes('/hearth'))).toEqual([])
        expect(server.output()).toContain(`${host.mount}, on the port of the app. Whoever has HEARTH_TOKEN may look.`)
      })
    })
  })
}

function tagsOf({ isChosen, isForEachNode }: Host): string[] {
  return [...(isChosen ? ['@chosen'] : []), ...(isForEachNode ? ['@each-node'] : [])]
}

function folderOfNode(major: string): string {
  const folder = installNode(major)
  if (folder === undefined) throw new Error(`expected that Node ${major} can be installed from npm, and it can't`)
  return folder
}

async function headersOf(url: string): Promise<string[]> {
  const response = await fetch(url)
  await response.arrayBuffer()
  return [...response.headers.keys()].sort()
}

/** A picture of the page once it holds still: two in a row are the same. Fonts and images may come after the network is idle. */
async function shotOf(page: Page, url: string): Promise<Buffer> {
  await page.setViewportSize({ width: 1200, height: 800 })
  await page.goto(url, { waitUntil: 'networkidle' })
  let shot = await page.screenshot({ animations: 'disabled' })
  await expect(async () => {
    const last = shot
    await page.waitForTimeout(STILL_MS)
    shot = await page.screenshot({ animations: 'disabled' })
    expect(shot.equals(last)).toBe(true)
  }).toPass({ timeout: 20_000 })
  return shot
}
