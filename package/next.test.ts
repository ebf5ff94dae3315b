import { afterEach, expect, test, vi } from 'vitest'
import { host } from './hosted'
import { createRoutes } from './next'

afterEach(() => vi.unstubAllEnvs())

host().open = () => async (_, base, publicBase) => new Response(`${base} ${publicBase}`)

/** A request as Next gives it to a route file: `nextUrl` knows the base path, and the URL has it or not. */
function requestTo(path: string, basePath?: string) {
  return Object.assign(
    new Request(`http://app.example${path}`),
    basePath === undefined ? {} : { nextUrl: { basePath } },
  )
}

test.each<[string, Request, Record<string, string | string[]>, string]>([
  ['the first page', requestTo('/hearth'), {}, '/hearth /hearth'],
  ['with a slash at its end', requestTo('/hearth/'), {}, '/hearth /hearth'],
  [
    'what lies below',
    requestTo('/hearth/api/trpc/metrics.status'),
    { path: ['api', 'trpc', 'metrics.status'] },
    '/hearth /hearth',
  ],
  [
    'segments with escapes',
    requestTo('/hearth/prometheus/a%2Fb/c'),
    { path: ['prometheus', 'a/b', 'c'] },
    '/hearth /hearth',
  ],
  ['a folder in a folder', requestTo('/admin/hearth/metrics'), { rest: ['metrics'] }, '/admin/hearth /admin/hearth'],
  [
    'a base path that the URL has',
    requestTo('/shop/hearth/metrics', '/shop'),
    { path: ['metrics'] },
    '/shop/hearth /shop/hearth',
  ],
  [
    'a base path that the URL has not',
    requestTo('/hearth/metrics', '/shop'),
    { path: ['metrics'] },
    '/hearth /shop/hearth',
  ],
  ['a language before it', requestTo('/de/hearth/metrics'), { lang: 'de', path: ['metrics'] }, '/de/hearth /de/hearth'],
  ['a language, and the first page', requestTo('/de/hearth'), { lang: 'de' }, '/de/hearth /de/hearth'],
  ['no base path', requestTo('/hearth/metrics', ''), { path: ['metrics'] }, '/hearth /hearth'],
])('%s', async (_, request, params, expected) => {
  const { GET } = createRoutes()
  expect(await (await GET(request, { params: Promise.resolve(params) })).text()).toBe(expected)
  expect(await (await GET(request, { params: Object(params) })).text(), 'as in Next 14').toBe(expected)
})

test('a base path that only Next’s bundle knows is what browsers know as well', async () => {
  vi.stubEnv('__NEXT_ROUTER_BASEPATH', '/shop')
  const { GET } = createRoutes()
  const below = { params: Promise.resolve({ path: ['metrics'] }) }
  expect(await (await GET(requestTo('/hearth/metrics', ''), below)).text()).toBe('/hearth /shop/hearth')
  expect(await (await GET(requestTo('/shop/hearth/metrics', ''), below)).text()).toBe('/shop/hearth /shop/hearth')
})
