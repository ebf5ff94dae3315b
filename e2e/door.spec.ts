// Who may look: each client, under each name and with each credential, at each door of the production server.
import { request as open } from 'node:http'
import { expect, test } from '@playwright/test'
import { freePort } from './free-port'
import type { Server } from './start-server'
import { launchServer, startServer } from './start-server'

const TOKEN = 'opens-every-door'
const SCRAPER = 'only-for-scrapers'
const DOORS = [
  '/dashboard',
  '/metrics',
  '/api/metrics',
  '/api/annotations',
  '/api/trpc/metrics.status',
  '/prometheus/api/v1/query?query=1',
]
const OWN_DOORS = ['/', '/metrics', '/api/annotations', '/api/trpc/metrics.status', '/prometheus/api/v1/query?query=1']

type Headers = Record<string, string>
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const basic = (user: string) => ({ authorization: `Basic ${btoa(`${user}:${TOKEN}`)}` })
const foreignPage = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
const asScript = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

/** With a Host of one's own, which fetch doesn't send. */
function ask(url: string, headers: Headers = {}): Promise<{ status: number; headers: Headers; text: string }> {
  return new Promise((resolve, reject) => {
    open(url, { headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        text += part
      })
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Headers, text })
      })
    })
      .once('error', reject)
      .end()
  })
}

/** With a path that no URL has, as a client that is no browser may send it. */
function askRaw(port: number, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    open({ port, path, host: '127.0.0.1', agent: false }, async (response) => {
      let text = ''
      for await (const part of response) text += part
      resolve({ status: response.statusCode ?? 0, text })
    })
      .once('error', reject)
      .end()
  })
}

const statuses = async (url: string, doors: readonly string[], headers: Headers) =>
  Promise.all(doors.map(async (door) => (await ask(url + door, headers)).status))

const all = (status: number) => DOORS.map(() => status)

type Row = [string, Headers, number[]]

const KINDS: { sentence: string; host?: string; env: Record<string, string>; rows: Row[] }[] = [
  {
    sentence: 'without a token, on a loopback address',
    env: {},
    rows: [
      ['a client of this machine', {}, all(200)],
      ['by the name localhost', { host: 'localhost:3000' }, all(200)],
      ['a name that was rebound to this machine', { host: 'evil.example' }, all(403)],
      ['a page elsewhere', foreignPage, all(403)],
      ['a script of a page elsewhere', asScript, all(403)],
      ['a link of a page elsewhere', link, [200, 403, 403, 403, 403, 403]],
      ['one that a proxy passes on', { 'x-forwarded-for': '10.0.0.7' }, all(401)],
      ['one that claims to be of this machine', { 'x-hearth-peer': 'x here-only 127.0.0.1', via: '1.1 a' }, all(401)],
    ],
  },
  {
    sentence: 'without a token, on every address',
    host: '0.0.0.0',
    env: {},
    rows: [
      ['a client of this machine', {}, all(401)],
      ['with some token', bearer('some'), all(401)],
    ],
  },
  {
    sentence: 'with a token, on every address',
    host: '0.0.0.0',
    env: { HEARTH_TOKEN: TOKEN, METRICS_TOKEN: SCRAPER, HEARTH_ORIGINS: 'https://grafana.example' },
    rows: [
      ['nothing', {}, all(401)],
      ['the token', bearer(TOKEN), all(200)],
      ['the token, by another name of the server', { host: 'app.example', ...bearer(TOKEN) }, all(200)],
      ['basic authentication, as Grafana has it', basic('grafana'), all(200)],
      ['the token of scrapers', bearer(SCRAPER), [401, 200, 200, 401, 401, 401]],
      ['the token, from a page elsewhere', { ...foreignPage, ...bearer(TOKEN) }, all(403)],
      [
        'the token, from a page that is named',
        { ...foreignPage, origin: 'https://grafana.example', ...bearer(TOKEN) },
        all(200),
      ],
    ],
  },
  {
    sentence: 'with a token for scrapers alone',
    env: { METRICS_TOKEN: SCRAPER },
    rows: [
      ['nothing', {}, all(401)],
      ['the token of scrapers', bearer(SCRAPER), [401, 200, 200, 401, 401, 401]],
    ],
  },
]

for (const { sentence, host, env, rows } of KINDS) {
  test.describe(sentence, () => {
    let server: Server
    let ownUrl: string
    test.beforeAll(async () => {
      const ownPort = await freePort()
      ownUrl = `http://127.0.0.1:${ownPort}`
      server = await startServer({
        host,
        env: { ...env, HEARTH_PORT: String(ownPort), HEARTH_HOST: host ?? '127.0.0.1' },
      })
    })
    test.afterAll(async () => {
      const said = server.output()
      await server.stop()
      for (const secret of [TOKEN, SCRAPER]) expect(said).not.toContain(secret)
    })

    for (const [who, headers, expected] of rows) {
      test(`${who}`, async () => {
        expect(await statuses(server.url, DOORS, headers)).toEqual(expected)
        const [page, metrics, , ...data] = expected
        expect(await statuses(ownUrl, OWN_DOORS, headers)).toEqual([page, metrics, ...data])
        expect((await ask(`${server.url}/`, headers)).status, 'the app’s own page').toBe(200)
      })
    }

    test('every answer has the headers that browsers keep to, and none has a secret', async () => {
      const asked = [...DOORS.map((door) => server.url + door), ...OWN_DOORS.map((door) => ownUrl + door)]
      for (const url of asked) {
        for (const own of [{}, bearer(TOKEN), bearer('wrong')]) {
          const { headers, text } = await ask(url, own)
          expect(headers, url).toMatchObject({
            'x-content-type-options': 'nosniff',
            'x-frame-options': 'DENY',
            'referrer-policy': 'no-referrer',
            'cross-origin-resource-policy': 'same-origin',
            'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'$/),
            'cache-control': expect.stringContaining('no-store'),
          })
          expect(headers['content-security-policy'], url).not.toMatch(/script-src[^;]*'unsafe/)
          for (const secret of [TOKEN, SCRAPER]) expect(JSON.stringify(headers) + text, url).not.toContain(secret)
        }
      }
    })
  })
}

test.describe('a page that Next renders', () => {
  let server: Server
  test.beforeAll(async () => {
    server = await startServer({ env: { HEARTH_TOKEN: TOKEN } })
  })
  test.afterAll(() => server.stop())

  for (const path of [
    '/./dashboard',
    '/x/../dashboard',
    '/%2e/dashboard',
    '/x/%2e%2e/dashboard',
    '/_next/static/../../dashboard',
    '//dashboard',
    '/dashboard#',
    '/dashboard/.',
    '/dashboard/login/..',
  ]) {
    test(`is not shown at ${path} either`, async () => {
      const { status, text } = await askRaw(server.port, path)
      expect(status).not.toBe(200)
      expect(text).not.toContain('Latency heat map')
    })
  }

  test('doesn’t tell by its redirects whether a token is right', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => ask(`${server.url}/dashboard`, { rsc: '1', ...bearer(`guess-${i}`) })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]))
  })
})

test('a page that is asked for before anything is known of the request is not shown', async () => {
  const server = await launchServer()
  const seen = new Set<number>()
  while (!server.hasEnded()) {
    const answer = await ask(`${server.url}/dashboard`, { host: 'evil.example' }).catch(() => undefined)
    if (answer === undefined) continue
    expect(answer.text).not.toContain('Latency heat map')
    seen.add(answer.status)
    if (answer.status === 403) break
  }
  expect(seen).not.toContain(200)
  await server.stop()
})

test.describe('in a browser', () => {
  let server: Server
  let ownUrl: string
  test.beforeAll(async () => {
    const ownPort = await freePort()
    ownUrl = `http://127.0.0.1:${ownPort}`
    server = await startServer({ env: { HEARTH_TOKEN: TOKEN, HEARTH_PORT: String(ownPort) } })
  })
  test.afterAll(() => server.stop())

  for (const [where, address] of [
    ["the app's own port", () => `${server.url}/dashboard`],
    ['a port of its own', () => ownUrl],
  ] as const) {
    test(`whoever gives the token is let in, and stays so: ${where}`, async ({ page, context }) => {
      const complaints: string[] = []
      await page.goto(address())
      await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
      await page.getByLabel('Token').fill('wrong')
      await page.getByRole('button', { name: 'Log in' }).click()
      await expect(page.getByRole('alert')).toHaveText('Wrong token.')
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      await page.getByLabel('Token').fill(TOKEN)
      await page.getByRole('button', { name: 'Log in' }).click()
      await expect(page.getByText('Live, every 1 s')).toBeVisible()
      expect(page.url()).not.toContain(TOKEN)
      await page.reload()
      await expect(page.getByText('Live, every 1 s')).toBeVisible()
      expect(complaints).toEqual([])
      const [cookie] = await context.cookies()
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', name: expect.stringMatching(/^hearth_/) })
      expect(cookie?.value).not.toContain(TOKEN)
      await page.getByRole('button', { name: 'Log out' }).click()
      await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
      expect(await context.cookies()).toEqual([])
    })
  }

  test('a page elsewhere can neither frame it, nor load it as a script, nor read it', async ({ page }) => {
    await page.route('http://localhost:1/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="${ownUrl}/"></iframe><script src="${ownUrl}/metrics" onerror="document.title='refused'"></script>`,
      }),
    )
    await page.goto('http://localhost:1/')
    await expect(page).toHaveTitle('refused')
    expect(await page.evaluate((url) => fetch(url).then(String, () => 'failed'), `${ownUrl}/metrics`)).toBe('failed')
    await expect(page.frameLocator('iframe').getByText('Log in')).toHaveCount(0)
  })

  test('a token is guessed at only so often', async () => {
    const guesses: number[] = []
    for (let i = 0; i < 12; i++) guesses.push((await ask(`${ownUrl}/metrics`, bearer(`guess-${i}`))).status)
    expect(new Set(guesses)).toEqual(new Set([401, 429]))
    const { headers, status } = await ask(`${ownUrl}/metrics`, bearer(TOKEN))
    expect([status, Number(headers['retry-after']) > 0]).toEqual([429, true])
  })
})
