import { createServer, request as open } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDoor } from './door'
import { guardPages } from './guard-pages'
import { markPeers } from './peer'

// A plain server stands for Next: what it is asked for after the guard, and which policy it reads.
const server = createServer(({ headers, method, url }, response) => {
  const router = Object.keys(headers).filter((name) => name === 'rsc' || name.startsWith('next-'))
  response.end(JSON.stringify({ method, url, policy: headers['content-security-policy'], router }))
})
const endings: (() => void)[] = []

beforeAll(async () => {
  endings.push(markPeers(), guardPages({ basePath: '' }, createDoor({ trusts: 'nobody', token: 't' })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  for (const end of endings) end()
  server.close()
})

async function ask(
  path: string,
  { token, method = 'GET', headers: own }: { token?: string; method?: string; headers?: Record<string, string> } = {},
) {
  const { port } = server.address() as AddressInfo
  const headers = { ...own, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
  return new Promise<{
    told: { method: string; url: string; policy?: string; router: string[] }
    headers: Record<string, unknown>
  }>((resolve) => {
    open({ port, path, method, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (part) => {
        text += part
      })
      response.once('end', () => resolve({ told: JSON.parse(text), headers: response.headers }))
    }).end()
  })
}

test.each([
  '/dashboard',
  '/dashboard/',
  '/dashboard?range=1h',
  '/dashboard/explore',
  '/dashboard/loginx',
  '/./dashboard',
  '/x/../dashboard',
  '/%2e/dashboard',
  '//dashboard',
  '/dashboard#',
  '/dashboard/login/../',
])('whoever may not look at %s is asked for the token, and others see it', async (path) => {
  expect((await ask(path)).told).toMatchObject({ method: 'GET', url: '/dashboard/login' })
  expect((await ask(path, { token: 'wrong', method: 'POST' })).told).toMatchObject({
    method: 'GET',
    url: '/dashboard/login',
  })
  const { headers, told } = await ask(path, { token: 't' })
  expect(told).toMatchObject({
    method: 'GET',
    url: path,
    policy: expect.stringMatching(/script-src 'self' 'nonce-[^']{24}'; style-src 'self' 'nonce-/),
  })
  expect(headers).toMatchObject({ 'content-security-policy': told.policy, 'x-frame-options': 'DENY' })
})

test.each(['/', '/dashboards', '/api/dashboard', '/dashboard/login', '/dashboard/logout?a'])(
  '%s is no such page',
  async (path) => {
    expect(await ask(path)).toMatchObject({ told: { method: 'GET', url: path } })
  },
)

test('what Next’s router sends doesn’t make Next answer before anybody is asked', async () => {
  const asked = { rsc: '1', 'next-router-prefetch': '1', 'next-action': 'x' }
  expect((await ask('/dashboard', { headers: asked })).told.router).toEqual([])
  expect((await ask('/dashboard', { headers: asked, token: 't' })).told.router).toEqual(Object.keys(asked))
})

test('two pages have two nonces', async () => {
  const [a, b] = [await ask('/dashboard', { token: 't' }), await ask('/dashboard', { token: 't' })]
  expect(a.told.policy).not.toBe(b.told.policy)
})

test.each([
  [undefined, "script-src 'self' 'nonce-"],
  ['', "script-src 'self' 'nonce-"],
  ['/files', "script-src 'self' 'nonce-"],
  ['https://cdn.example/shop', "script-src 'self' https://cdn.example 'nonce-"],
  ['//cdn.example', "script-src 'self' http://cdn.example 'nonce-"],
])('where the files of its pages lie at %s, they may come from there', async (assetPrefix, expected) => {
  const end = guardPages({ basePath: '/other', assetPrefix }, createDoor({ trusts: 'nobody', token: 't' }))
  const { told } = await ask('/other/dashboard', { token: 't' })
  end()
  expect(told.policy).toContain(expected)
})
