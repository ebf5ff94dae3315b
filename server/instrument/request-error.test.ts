import { expect, test } from 'vitest'
import { globalObject } from '../per-process'
import { recentExceptions } from './exceptions'
import { hearOfProxyErrors, recordRequestError } from './request-error'

type Context = Parameters<typeof recordRequestError>[2]

test.each<[sentence: string, routePath: string, path: string, route: string]>([
  ['a template stays', '/users/[id]', '/users/7', '/users/[id]'],
  ['the root stays', '/', '/', '/'],
  ["the file of the root's page is the root", '/page', '/', '/'],
  ['the file of a page is its route', '/cart/page', '/cart?x=1', '/cart'],
  ['the file of a handler is its route', '/api/orders/route', '/api/orders', '/api/orders'],
  ['groups and slots are no part of a route', '/(shop)/@modal/cart/page', '/cart', '/cart'],
  ['a route that is called page keeps its name', '/docs/page', '/docs/page', '/docs/page'],
  ['an intercepting segment stays', '/feed/(.)photo', '/photo', '/feed/(.)photo'],
])('%s', async (_, routePath, path, route) => {
  const context: Context = { routerKind: 'App Router', routePath, routeType: 'render', revalidateReason: undefined }
  await recordRequestError(new Error('x'), { path, method: 'GET', headers: {} }, context)
  expect(recentExceptions().at(0)).toMatchObject({ kind: 'render', route, method: 'GET' })
})

test('the cause of a stream that broke is named, not the wrapper around it', async () => {
  const error = new Error('failed to pipe response', { cause: new TypeError('the source is gone') })
  const context: Context = { routerKind: 'App Router', routePath: '/', routeType: 'route', revalidateReason: undefined }
  await recordRequestError(error, { path: '/', method: 'GET', headers: {} }, context)
  expect(recentExceptions().at(0)).toMatchObject({ name: 'TypeError', message: 'the source is gone' })
})

test('what Next reports twice of one request is one exception, and of another request another', async () => {
  const context: Context = {
    routerKind: 'App Router',
    routePath: '/',
    routeType: 'render',
    revalidateReason: undefined,
  }
  const [first, second] = [{ host: 'localhost' }, { host: 'localhost' }]
  const ids = () => recentExceptions().map(({ id }) => id)
  const before = ids().length
  for (const headers of [first, first, second]) {
    await recordRequestError(new RangeError('no such order'), { path: '/', method: 'GET', headers }, context)
  }
  await recordRequestError(new RangeError('no such price'), { path: '/', method: 'GET', headers: first }, context)
  expect(ids().length - before).toBe(3)
})

test.each(['proxy', 'middleware'])(
  'what proxy.ts throws is reported where Next looks for somebody to tell (%s)',
  async (routeType) => {
    hearOfProxyErrors()
    hearOfProxyErrors()
    const told = globalObject('_ENTRIES').middleware_instrumentation as { onRequestError: typeof recordRequestError }
    const report = { path: '/cart?token=1', method: 'GET', headers: { host: 'localhost' } }
    const before = recentExceptions().length
    await told.onRequestError(new RangeError('no cart'), report, {
      routerKind: 'Pages Router',
      routePath: `/${routeType}`,
      routeType: routeType as 'proxy',
      revalidateReason: undefined,
    })
    expect(recentExceptions()).toHaveLength(before + 1)
    expect(recentExceptions().at(0)).toMatchObject({
      kind: 'proxy',
      route: '(proxy)',
      name: 'RangeError',
      path: '/cart',
    })
  },
)
