import { describe, expect, test, vi } from 'vitest'
import type { DoorOptions } from './door'
import { createDoor } from './door'
import { MOST_ATTEMPTS } from './failed-attempts'
import { createWeb } from './web'

vi.mock('../exposition/endpoint/answer-scrape', () => ({
  answerScrape: async () => new Response('metrics'),
  refuseMethod: () => new Response('', { status: 405 }),
}))
vi.mock('../trpc/handle', () => ({
  handleTrpc: async (_: Request, endpoint: string) => new Response(`trpc at ${endpoint}`),
}))
vi.mock('./annotations', () => ({ answerAnnotations: async () => new Response('annotations') }))
vi.mock('../query/api/process-api', () => ({
  processApi: () => async (_: Request, base: string) => new Response(`prometheus at ${base}`),
}))

const TOKEN = 's3cret'
const page = vi.fn(async (request: Request) => new Response(`page ${new URL(request.url).search}`))

function webAt(base: string, { publicBase, ...door }: Partial<DoorOptions> & { publicBase?: string } = {}) {
  const web = createWeb({
    base,
    publicBase,
    door: createDoor({ trusts: 'nobody', token: TOKEN, ...door }),
    asset: async (_, name) => new Response(`file ${name}`),
    page: (path) => (path === '/' ? page : undefined),
  })
  return async (path: string, init: RequestInit & { token?: string } = { token: TOKEN }) => {
    const headers = new Headers(init.headers)
    if (init.token !== undefined) headers.set('authorization', `Bearer ${init.token}`)
    return web(new Request(`http://app.example${path}`, { ...init, headers }))
  }
}

describe.each(['', '/hearth', '/shop/en/hearth'])('below "%s"', (base) => {
  const ask = webAt(base)
  test.each<[string, string]>([
    ['/', 'page '],
    ['/?range=1h', 'page ?range=1h'],
    ['/metrics', 'metrics'],
    ['/metrics/', 'metrics'],
    ['/api/metrics', 'metrics'],
    ['/api/annotations', 'annotations'],
    ['/api/trpc/metrics.status', `trpc at ${base}/api/trpc`],
    ['/prometheus/api/v1/query', `prometheus at ${base}/prometheus`],
    ['/assets/main-1.js', 'file main-1.js'],
  ])('%s', async (path, expected) => {
    const response = await ask(base + path)
    expect([response.status, await response.text()]).toEqual([200, expected])
  })

  test.each(['/nothing', '/metricsx', '/api/trpcx', '/prometheusx/api'])('%s is not there', async (path) => {
    expect((await ask(base + path)).status).toBe(404)
  })

  test('whoever may not look makes nothing happen', async () => {
    page.mockClear()
    for (const path of ['/', '/metrics', '/api/annotations', '/api/trpc/x', '/prometheus/api/v1/query', '/nothing']) {
      expect((await ask(base + path, {})).status, path).toBe(401)
    }
    expect(page).not.toHaveBeenCalled()
    expect((await ask(`${base}/assets/main-1.js`, {})).status).toBe(200)
  })
})

test('what lies beside the base path is not there', async () => {
  const ask = webAt('/hearth')
  for (const path of ['/', '/hearthx', '/metrics', '/other/hearth']) expect((await ask(path)).status, path).toBe(404)
})

describe('logging in', () => {
  const form = (token: string) => ({
    method: 'POST',
    body: new URLSearchParams({ token }),
  })

  test('a browser that navigates is shown the form, and others are told in plain words', async () => {
    const ask = webAt('/hearth', { publicBase: '/shop/hearth' })
    const shown = await ask('/hearth', { headers: { accept: 'text/html' } })
    expect([shown.status, shown.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8'])
    expect(await shown.text()).toContain('<form method="post" action="/shop/hearth/login">')
    const told = await ask('/hearth', {})
    expect([told.status, told.headers.get('content-type')]).toEqual([401, 'text/plain; charset=utf-8'])
  })

  test('the token begins a session, which opens every door until it is ended', async () => {
    const ask = webAt('/hearth')
    const begun = await ask('/hearth/login', form(TOKEN))
    expect([begun.status, begun.headers.get('location')]).toEqual([303, '/hearth'])
    const cookie = begun.headers.get('set-cookie') ?? ''
    expect(cookie).toContain('; Path=/hearth; HttpOnly; SameSite=Lax')
    const headers = { cookie: cookie.split(';', 1)[0] ?? '' }
    for (const path of ['', '/metrics', '/api/trpc/x', '/prometheus/api/v1/query']) {
      expect((await ask(`/hearth${path}`, { headers })).status, path).toBe(200)
    }
    expect((await ask('/hearth/login', { headers })).headers.get('location')).toBe('/hearth')
    expect((await ask('/hearth/logout', { method: 'POST' })).headers.get('set-cookie'), 'of a stranger').toBeNull()
    const ended = await ask('/hearth/logout', { method: 'POST', headers })
    expect(ended.headers.get('set-cookie')).toContain('Max-Age=0')
  })

  test.each<[string, RequestInit, number]>([
    ['a wrong token', form('wrong'), 401],
    ['none', { method: 'POST', body: new URLSearchParams() }, 401],
    ['a long form', { method: 'POST', body: `token=${'x'.repeat(10_000)}` }, 403],
    ['a page elsewhere', { ...form(TOKEN), headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['another method', { method: 'PUT' }, 405],
  ])('%s does not', async (_, init, status) => {
    const response = await webAt('')('/login', init)
    expect([response.status, response.headers.get('set-cookie')]).toEqual([status, null])
  })

  test('is tried only so often', async () => {
    const ask = webAt('')
    for (let i = 0; i < MOST_ATTEMPTS; i++) await ask('/login', form(`guess ${i}`))
    const response = await ask('/login', form(TOKEN))
    expect([response.status, response.headers.get('set-cookie')]).toEqual([429, null])
    expect(await response.text()).toContain('Wrong tokens were sent too often')
  })

  test('there is nothing to log in with without a token', async () => {
    const response = await webAt('', { token: undefined })('/login', form('x'))
    expect([response.status, await response.text()]).toEqual([403, expect.not.stringContaining('<form')])
  })

  test.each([
    [{ 'x-forwarded-proto': 'https' }, true],
    [{ 'x-forwarded-proto': 'http' }, false],
    [{}, false],
  ])('the cookie is for https only where that is spoken: %j', async (headers, isSecure) => {
    const response = await webAt('')('/login', { ...form(TOKEN), headers: headers as Record<string, string> })
    expect(response.headers.get('set-cookie')?.endsWith('; Secure')).toBe(isSecure)
  })
})

test('what fails is logged, and says nothing of why to whoever asks', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  page.mockRejectedValueOnce(new Error('no files at /home/me'))
  const response = await webAt('')('/', { token: TOKEN, headers: { accept: 'text/html' } })
  expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('/home/me')])
  expect(log).toHaveBeenCalledOnce()
})
