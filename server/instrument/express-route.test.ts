// e2e/hosts asks the same of real ones: Express 4, and Express 5 with a router that tells its paths and with one that doesn't.
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { expressRoute } from './express-route'

/** As path-to-regexp 8 makes them: of a pattern with names. */
function matcherOf(pattern: RegExp) {
  return function match(path: string) {
    const found = pattern.exec(path)
    if (found?.[0].includes('%ff') === true) throw new URIError('it can’t be decoded')
    return found !== null && { path: found[0], params: { ...found.groups } }
  }
}

const router = (...stack: object[]) => Object.assign(() => {}, { stack })
const express4 = (regexp: RegExp, names: string[], handle: object) => ({
  regexp: Object.assign(regexp, { fast_slash: false }),
  keys: names.map((name) => ({ name })),
  handle,
})
const express5 = (pattern: RegExp, handle: object) => ({ matchers: [matcherOf(pattern)], handle, slash: false })

const ID = { path: '/:id' }
const ROOT = { path: '/' }

function requestOf(app: object, route: object, baseUrl: string, originalUrl = `${baseUrl}/4711?secret=1`) {
  return Object.assign(new IncomingMessage(new Socket()), { app, route, baseUrl, originalUrl })
}

test.each<[sentence: string, own: object, expected: string | undefined]>([
  ['nobody told', {}, undefined],
  ['a path', { route: { path: '/users/:id' } }, '/users/:id'],
  ['several paths', { route: { path: ['/a', '/b'] } }, '/a /b'],
  ['a regular expression', { route: { path: /^\/a/ } }, '/^\\/a/'],
  ['a router without an app: its path was chosen by the client', { baseUrl: '/users/42', route: ID }, '(router)/:id'],
  ['before a route is found', { baseUrl: '/users/42' }, undefined],
])('%s', (_, own, expected) => {
  expect(expressRoute(Object.assign(new IncomingMessage(new Socket()), own))).toBe(expected)
})

describe('the words of a mount', () => {
  const inner = router({ route: ID }, { route: ROOT })
  test.each<[sentence: string, mount: object, baseUrl: string, expected: string]>([
    ['literal, in Express 4', express4(/^\/api\/?(?=\/|$)/i, [], inner), '/API', '/api/:id'],
    ['with a dot', express4(/^\/v1\.0\/?(?=\/|$)/i, [], inner), '/v1.0', '/v1.0/:id'],
    ['with a slash at its end', express4(/^\/api\/?(?=\/|$)/i, [], inner), '/api', '/api/:id'],
    [
      'with parameters',
      express4(/^(?:\/([^/]+?))\/of(?:\/([^/]+?))\/?(?=\/|$)/i, ['user', 'shop'], inner),
      '/of/of/7',
      '/:user/of/:shop/:id',
    ],
    [
      'with a parameter that has a pattern',
      express4(/^(?:\/(\d+))\/?(?=\/|$)/i, ['user'], inner),
      '/42',
      '(router)/:id',
    ],
    ['a regular expression', express4(/^\/re[0-9]+/, [], inner), '/re42', '(router)/:id'],
    ['one with the same end', express4(/^\/re[0-9]+\/?(?=\/|$)/, [], inner), '/re42', '(router)/:id'],
    [
      'told, in Express 5',
      { ...express5(/^\/api\/[^/]+/i, inner), rawPath: '/Api/:version' },
      '/api/v1',
      '/Api/:version/:id',
    ],
    ['told, a regular expression', { ...express5(/^\/api/i, inner), rawPath: /^\/api/i }, '/api', '/^\\/api/i/:id'],
    [
      'told, one of several',
      { matchers: [matcherOf(/^\/one/), matcherOf(/^\/two/)], rawPath: ['/one', '/two'], handle: inner },
      '/two',
      '/two/:id',
    ],
    ['not told: capitals are the client’s', express5(/^\/api(?=\/|$)/i, inner), '/aPI', '/api/:id'],
    ['not told, where capitals matter', express5(/^\/Api(?=\/|$)/, inner), '/Api', '/Api/:id'],
    [
      'not told, with a parameter like its neighbour',
      express5(/^\/users\/(?<user>[^/]+)\/(?<shop>[^/]+)(?=\/|$)/i, inner),
      '/users/users/users',
      '/users/:user/:shop/:id',
    ],
    ['not told, with a part of a segment', express5(/^\/v(?<version>[^/]+)(?=\/|$)/i, inner), '/v42', '(router)/:id'],
    ['not told, with what can be left out', express5(/^\/api(?:\/beta)?(?=\/|$)/i, inner), '/api/beta', '(router)/:id'],
    [
      'not told, of a regular expression',
      {
        matchers: [
          function regexpMatcher(path: string) {
            return { path: /^\/re\d+/.exec(path)?.[0] ?? '', params: {} }
          },
        ],
        handle: inner,
      },
      '/re42',
      '(router)/:id',
    ],
    [
      'not told, with more segments than are tried',
      express5(/^\/files(?:\/[^/]+)*/i, inner),
      `/files${'/a'.repeat(100)}`,
      '(router)/:id',
    ],
    ['what can’t be decoded', express5(/^\/(?<user>[^/]+)(?=\/|$)/i, inner), '/%ff', '(router)/:id'],
    ['for every path', { slash: true, handle: inner }, '', '/:id'],
  ])('%s', (_, mount, baseUrl, expected) => {
    expect(expressRoute(requestOf({ router: router(mount) }, ID, baseUrl))).toBe(expected)
  })
})

describe('where a route lies', () => {
  const inner = router({ route: ID }, { route: ROOT })
  const api = express5(/^\/api(?=\/|$)/i, inner)
  const users = { ...express5(/^\/[^/]+/i, inner), rawPath: '/:user' }

  test('the root of a router is the mount itself', () => {
    expect(expressRoute(requestOf({ router: router(api) }, ROOT, '/api', '/api/'))).toBe('/api')
  })

  test('a router in another', () => {
    const outer = router({ ...express5(/^\/[^/]+/i, router(api)), rawPath: '/:tenant' })
    expect(expressRoute(requestOf({ router: outer }, ID, '/4711/api'))).toBe('/:tenant/api/:id')
  })

  test('a router that is mounted twice is known by the path', () => {
    const app = { router: router(api, users) }
    expect(expressRoute(requestOf(app, ID, '/api'))).toBe('/api/:id')
    expect(expressRoute(requestOf(app, ID, '/4711'))).toBe('/:user/:id')
    expect(expressRoute(requestOf(app, ID, '', '/4711/broken'))).toBe('/:user/:id')
  })

  test('after what was thrown has left the router, which restores the base', () => {
    expect(expressRoute(requestOf({ router: router(api) }, ID, '', '/api/broken?x=/y'))).toBe('/api/:id')
  })

  test('after the path was rewritten', () => {
    expect(expressRoute(requestOf({ router: router(api) }, ID, '/api', '/old/4711'))).toBe('/api/:id')
  })

  test('a router that a function calls is not found', () => {
    const app = { router: router({ slash: true, handle: () => {} }) }
    expect(expressRoute(requestOf(app, { path: '/x/:id' }, '/4711'))).toBe('(router)/x/:id')
    expect(expressRoute(requestOf(app, { path: '/x/:id' }, ''))).toBe('/x/:id')
  })

  test('a router that is mounted in itself', () => {
    const endless = router({ route: ID })
    endless.stack.push({ ...express5(/^\/in(?=\/|$)/, endless), rawPath: '/in' })
    expect(expressRoute(requestOf({ router: endless }, ID, '/in/in'))).toBe('/in/in/:id')
  })

  test('an app in an app in Express 4, whose `router` throws', () => {
    const route = { path: '/:id' }
    const parent = { _router: router({ slash: true, handle: () => {} }) }
    const app = {
      parent,
      mountpath: '/shops/:shop/',
      _router: router(express4(/^\/api\/?(?=\/|$)/i, [], router({ route }))),
      get router() {
        throw new Error('it is deprecated')
      },
    }
    expect(expressRoute(requestOf(app, route, '/shops/7/api'))).toBe('/shops/:shop/api/:id')
    expect(expressRoute(requestOf(parent, route, '', '/shops/7/api/broken')), 'an error').toBe('/shops/:shop/api/:id')
    const atTwo = { parent, mountpath: ['/a', '/b'], _router: router({ route }) }
    expect(expressRoute(requestOf(atTwo, route, '/a'))).toBe('(router)/:id')
  })
})
