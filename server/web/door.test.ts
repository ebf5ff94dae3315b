import { afterEach, describe, expect, test, vi } from 'vitest'
import type { DoorKind, DoorOptions } from './door'
import { createDoor, LONG_TOKEN } from './door'
import { MOST_ATTEMPTS } from './failed-attempts'
import type { Peer } from './peer'

const peer = vi.hoisted(() => ({ place: 'here-only', address: '127.0.0.1' }))
vi.mock('./peer', async (original) => ({ ...(await original<typeof import('./peer')>()), peerOf: () => peer }))

afterEach(() => {
  Object.assign(peer, { place: 'here-only', address: '127.0.0.1' })
  vi.restoreAllMocks()
})

const KINDS: readonly DoorKind[] = ['page', 'metrics', 'data']

type Asked = { headers?: Record<string, string>; method?: string; from?: Peer['place'] }

/** The statuses at the page, /metrics and the data. */
async function statuses(options: Partial<DoorOptions>, { headers, method = 'GET', from = 'here-only' }: Asked = {}) {
  peer.place = from
  const door = createDoor({ trusts: 'here-only', ...options })
  const asked = KINDS.map(async (kind) => {
    const request = new Request('http://app.example/', { method, headers: { host: 'localhost:9464', ...headers } })
    return (await door.guard(request, kind, () => new Response('shown'))).status
  })
  return Promise.all(asked)
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const basic = (login: string) => ({ authorization: `Basic ${Buffer.from(login).toString('base64')}` })

describe('without a token', () => {
  test.each<[string, Partial<DoorOptions>, Asked, number[]]>([
    ['this machine, a server that is closed to others', {}, {}, [200, 200, 200]],
    ['this machine, a server that is open to others', {}, { from: 'here' }, [401, 401, 401]],
    ['the same in development', { trusts: 'here' }, { from: 'here' }, [200, 200, 200]],
    ['elsewhere', { trusts: 'here' }, { from: 'elsewhere' }, [401, 401, 401]],
    ["the app's own port in production", { trusts: 'nobody' }, {}, [401, 401, 401]],
    ['a name that resolves to this machine', {}, { headers: { host: 'evil.example:9464' } }, [403, 403, 403]],
    ['a name that looks like it', {}, { headers: { host: 'localhost.evil.example' } }, [403, 403, 403]],
    ['no name', {}, { headers: { host: '' } }, [403, 403, 403]],
    ['127.0.0.2', {}, { headers: { host: '127.0.0.2:1' } }, [200, 200, 200]],
    ['[::1]', {}, { headers: { host: '[::1]:9464' } }, [200, 200, 200]],
    ['app.localhost', {}, { headers: { host: 'app.localhost' } }, [200, 200, 200]],
    ['a bearer token that nobody asked for', {}, { headers: bearer('x') }, [200, 200, 200]],
  ])('%s', async (_, options, asked, expected) => {
    expect(await statuses(options, asked)).toEqual(expected)
  })
})

describe('with tokens', () => {
  const token = 's3cret'
  const metricsToken = 'scrape'
  test.each<[string, Partial<DoorOptions>, Asked, number[]]>([
    ['nothing is brought', { token }, {}, [401, 401, 401]],
    [
      'the token from elsewhere, under any name',
      { token },
      { from: 'elsewhere', headers: { host: 'a.example', ...bearer(token) } },
      [200, 200, 200],
    ],
    ['basic authentication, whoever it is', { token }, { headers: basic('grafana:s3cret') }, [200, 200, 200]],
    ['a password with a colon', { token: 'a:b' }, { headers: basic('me:a:b') }, [200, 200, 200]],
    ['a wrong token', { token }, { headers: bearer('s3cre') }, [401, 401, 401]],
    ['the token with more', { token }, { headers: bearer('s3cret s3cret') }, [401, 401, 401]],
    ['another scheme', { token }, { headers: { authorization: 'Digest s3cret' } }, [401, 401, 401]],
    ['the token of scrapers', { token, metricsToken }, { headers: bearer(metricsToken) }, [401, 200, 401]],
    ['the token of scrapers alone, brought', { metricsToken }, { headers: bearer(metricsToken) }, [401, 200, 401]],
    ['the token of scrapers alone, not brought', { metricsToken }, {}, [401, 401, 401]],
    ['the token beside that of scrapers', { token, metricsToken }, { headers: bearer(token) }, [200, 200, 200]],
  ])('%s', async (_, options, asked, expected) => {
    expect(await statuses(options, asked)).toEqual(expected)
  })
})

describe('with a variable of a token that is wrong', () => {
  const wrongTokens = new Set(['HEARTH_TOKEN_FILE'])
  test.each<[string, Partial<DoorOptions>, Asked, number[]]>([
    ['nobody may look, even of this machine', { wrongTokens }, {}, [401, 401, 401]],
    ['nor in development', { wrongTokens, trusts: 'here' }, {}, [401, 401, 401]],
    ['nor whoever brings an empty one', { wrongTokens }, { headers: { authorization: 'Basic Og==' } }, [401, 401, 401]],
    ['that of scrapers opens still', { wrongTokens, metricsToken: 'm' }, { headers: bearer('m') }, [401, 200, 401]],
    ['so does the app', { wrongTokens, authorize: () => true }, {}, [200, 200, 200]],
    [
      'so does the token, where that of scrapers is wrong',
      { wrongTokens, token: 't' },
      { headers: bearer('t') },
      [200, 200, 200],
    ],
  ])('%s', async (_, options, asked, expected) => {
    expect(await statuses(options, asked)).toEqual(expected)
  })
})

describe('who is refused is told why, and is asked for a token only where one can help', () => {
  const wrongTokens = new Set(['HEARTH_TOKEN'])
  test.each<[string, Partial<DoorOptions>, Peer['place'], DoorKind, string, string | null]>([
    ['elsewhere', {}, 'elsewhere', 'data', 'Only its own machine may look: set HEARTH_TOKEN', null],
    ['through a proxy', {}, 'proxied', 'data', 'This came by way of a proxy', null],
    ['a server for others too', {}, 'here', 'data', 'This server is there for other machines too', null],
    ["the app's own port", { trusts: 'nobody' }, 'here-only', 'data', 'On the port of the app nobody may look', null],
    ['the same through a proxy', { trusts: 'nobody' }, 'proxied', 'metrics', 'On the port of the app nobody', null],
    ['a session', { authorize: () => false }, 'here', 'data', 'log in to this app first', null],
    ['a wrong variable', { wrongTokens }, 'here-only', 'data', 'The variable HEARTH_TOKEN is wrong', null],
    ['the token of scrapers alone', { metricsToken: 'm' }, 'here', 'data', 'Only METRICS_TOKEN is set', null],
    ['the same, for them', { metricsToken: 'm' }, 'here', 'metrics', 'want a bearer token', 'Bearer'],
    ['a token', { token: 't' }, 'elsewhere', 'data', 'A token is wanted', 'Bearer'],
    ['a token, and a session', { authorize: () => false, token: 't' }, 'here', 'data', 'A token is wanted', 'Bearer'],
  ])('%s', async (_, options, place, kind, words, challenge) => {
    peer.place = place
    const door = createDoor({ trusts: 'here-only', ...options })
    const request = new Request('http://localhost/', { headers: { host: 'localhost' } })
    const refused = await door.guard(request, kind, () => new Response('shown'))
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, challenge])
    expect(await refused.text()).toContain(words)
  })
})

describe("with the app's own session", () => {
  test.each<[string, Partial<DoorOptions>, Asked, number[]]>([
    ['that lets in', { authorize: () => true }, { from: 'elsewhere' }, [200, 200, 200]],
    ['that lets in later', { authorize: async () => true }, { from: 'elsewhere' }, [200, 200, 200]],
    ['that does not', { authorize: () => false }, {}, [401, 401, 401]],
    ['that says something else than true', { authorize: () => 'yes' as unknown as boolean }, {}, [401, 401, 401]],
    [
      'beside a token that is brought',
      { authorize: () => false, token: 't' },
      { headers: bearer('t') },
      [200, 200, 200],
    ],
    [
      'that knows another bearer token',
      { authorize: () => true, token: 't' },
      { headers: bearer('x') },
      [200, 200, 200],
    ],
  ])('%s', async (_, options, asked, expected) => {
    expect(await statuses(options, asked)).toEqual(expected)
  })

  test('that throws lets nobody in, and the log has why', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const authorize = () => {
      throw new Error('no database')
    }
    expect(await statuses({ authorize })).toEqual([401, 401, 401])
    expect(log).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ message: 'no database' }))
  })
})

describe('pages of other origins', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const fetched = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
  test.each<[string, Partial<DoorOptions>, Asked, number[]]>([
    ['a link', {}, { headers: link }, [200, 403, 403]],
    ['a form', {}, { headers: link, method: 'POST' }, [403, 403, 403]],
    ['a frame', {}, { headers: { ...link, 'sec-fetch-dest': 'iframe' } }, [403, 403, 403]],
    [
      'a script',
      {},
      { headers: { ...fetched, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' } },
      [403, 403, 403],
    ],
    [
      'an image of another port',
      {},
      { headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' } },
      [403, 403, 403],
    ],
    ['fetch', {}, { headers: { ...fetched, origin: 'https://evil.example' } }, [403, 403, 403]],
    [
      'fetch, with a token',
      { token: 't' },
      { headers: { ...fetched, origin: 'https://evil.example', ...bearer('t') } },
      [403, 403, 403],
    ],
    ['an old browser', {}, { headers: { origin: 'http://evil.example' } }, [403, 403, 403]],
    ['an opaque origin', {}, { headers: { origin: 'null' } }, [403, 403, 403]],
    ['our own page', {}, { headers: { origin: 'http://localhost:9464' } }, [200, 200, 200]],
    [
      'our own page, as its browser tells',
      {},
      { headers: { 'sec-fetch-site': 'same-origin', origin: 'https://a.example' } },
      [200, 200, 200],
    ],
    ['an address that was typed', {}, { headers: { 'sec-fetch-site': 'none' } }, [200, 200, 200]],
    [
      'one that is named',
      { origins: new Set(['https://g.example']) },
      { headers: { ...fetched, origin: 'https://g.example' } },
      [200, 200, 200],
    ],
    [
      'one that is not',
      { origins: new Set(['https://g.example']) },
      { headers: { ...fetched, origin: 'https://h.example' } },
      [403, 403, 403],
    ],
  ])('%s', async (_, options, asked, expected) => {
    expect(await statuses(options, asked)).toEqual(expected)
  })

  test('one that is named is told that it may read, and asks first', async () => {
    const door = createDoor({ trusts: 'nobody', token: 't', origins: new Set(['https://g.example']) })
    const preflight = new Request('http://a.example', {
      method: 'OPTIONS',
      headers: { origin: 'https://g.example', 'access-control-request-method': 'GET' },
    })
    const { headers, status } = await door.guard(preflight, 'data', () => new Response('never'))
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, 'https://g.example'])
    expect(headers.get('access-control-allow-headers')).toContain('Authorization')
    expect(headers.get('vary')).toBe('Origin')
  })
})

test('wrong tokens are looked at only so often, and then the right one neither, from that address', async () => {
  const door = createDoor({ trusts: 'nobody', token: 't' })
  const ask = async (token: string) => {
    const request = new Request('http://a.example', { headers: bearer(token) })
    return door.guard(request, 'data', () => new Response('shown'))
  }
  for (let i = 0; i < MOST_ATTEMPTS; i++) expect((await ask('wrong')).status).toBe(401)
  const refused = await ask('t')
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  peer.address = '10.0.0.9'
  expect((await ask('t')).status).toBe(200)
})

test('a long token can’t be guessed, so it opens also where wrong ones were sent too often', async () => {
  const token = 'x'.repeat(LONG_TOKEN)
  const door = createDoor({ trusts: 'nobody', token })
  const ask = async (brought: string) => {
    const request = new Request('http://a.example', { headers: bearer(brought) })
    return (await door.guard(request, 'data', () => new Response('shown'))).status
  }
  for (let i = 0; i < MOST_ATTEMPTS; i++) await ask('wrong')
  expect([await ask('wrong'), await ask(token)]).toEqual([429, 200])
  expect(door.admits({ method: 'GET', headers: new Headers(bearer(token)) }, 'page')).toBe(true)
})

test('a bearer token that the app’s own session knows is no wrong one', async () => {
  const authorize = ({ headers }: Request) => headers.get('authorization') === 'Bearer theirs'
  const door = createDoor({ trusts: 'nobody', token: 't', authorize })
  const statuses = new Set<number>()
  for (let i = 0; i <= MOST_ATTEMPTS; i++) {
    const request = new Request('http://a.example', { headers: bearer('theirs') })
    statuses.add((await door.guard(request, 'data', () => new Response('shown'))).status)
  }
  expect([...statuses]).toEqual([200])
})

test('whoever decides by the session is given no body, so that it is there for the answer', async () => {
  const authorize = async (request: Request) => (await request.text()) === ''
  const door = createDoor({ trusts: 'nobody', authorize })
  const request = new Request('http://a.example', { method: 'POST', body: 'query=up' })
  const response = await door.guard(request, 'data', async () => new Response(await request.text()))
  expect(await response.text()).toBe('query=up')
})

test('a request that came before anything was known of it is told to come again', async () => {
  peer.place = 'unknown'
  const request = new Request('http://localhost', { headers: { host: 'localhost' } })
  const { headers, status } = await createDoor({ trusts: 'here' }).guard(request, 'data', () => new Response('shown'))
  expect([status, headers.get('retry-after')]).toEqual([503, '1'])
})

test('every answer tells the browser to frame, guess and keep nothing of it', async () => {
  const door = createDoor({ trusts: 'here-only' })
  const request = new Request('http://localhost', { headers: { host: 'localhost' } })
  const { headers } = await door.guard(request, 'data', () => new Response('text'))
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
})
