import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { addOwnMount } from '../own-mounts'
import { methodLabel, routeLabel } from './request-labels'

type Scene = {
  url?: string
  status?: number
  headers?: Record<string, string>
  meta?: unknown
  isRelayed?: boolean
}

/** The label of a request, with a response whose head is written if the scene has a status. */
function labelOf({ url = '/secret/4711', status, headers = {}, meta, isRelayed = false }: Scene): string {
  const request = Object.assign(new IncomingMessage(new Socket()), { [Symbol.for('NextInternalRequestMeta')]: meta })
  const response = new ServerResponse(request)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (status !== undefined) response.writeHead(status)
  return routeLabel({ request, response, url, isRelayed })
}

const matched = (pathname: unknown) => ({ match: { definition: { pathname } } })

describe('routeLabel', () => {
  test.each<[sentence: string, scene: Scene, label: string]>([
    ['the template that Next matched', { meta: matched('/users/[id]'), status: 200 }, '/users/[id]'],
    ['the template, known before the head', { meta: matched('/users/[id]') }, '/users/[id]'],
    ['the template wins over a redirect', { meta: matched('/old'), status: 307 }, '/old'],
    ['the not-found page', { meta: matched('/_not-found'), status: 404 }, '/_not-found'],
    [
      'a route that failed, which an error page stands in for',
      { meta: { ...matched('/_error'), invokeOutput: '/old/[id]' }, status: 500 },
      '/old/[id]',
    ],
    ['one that a static error page stands in for', { meta: { invokeOutput: '/old/[id]' }, status: 500 }, '/old/[id]'],
    [
      'a route that has found nothing',
      { meta: { ...matched('/_not-found'), invokeOutput: '/old/[id]' }, status: 404 },
      '/old/[id]',
    ],
    [
      'the not-found page that was asked for by its own path',
      { meta: { ...matched('/404'), invokeOutput: '/404' }, status: 404 },
      '/404',
    ],
    [
      'a proxy.ts that threw',
      { meta: { ...matched('/_error'), middlewareInvoke: true, invokeOutput: '' }, status: 500 },
      '(proxy)',
    ],
    ['an error page for no route', { meta: matched('/_error'), status: 400 }, '(unmatched)'],
    ['an asset', { url: '/_next/static/chunks/a.js', status: 200 }, '/_next/*'],
    ['an asset that is missing', { url: '/_next/static/none.js', status: 404 }, '/_next/*'],
    ['an asset below a base path', { url: '/shop/_next/static/chunks/a.js', status: 200 }, '/_next/*'],
    ['a file whose query looks like an asset', { url: '/a.txt?b=/_next/c', status: 200 }, '(unmatched)'],
    ["the development server's own", { url: '/__nextjs_font/geist.woff2', status: 200 }, '/_next/*'],
    ['a redirect', { status: 308 }, '(redirect)'],
    ['a public file', { status: 200, headers: { 'accept-ranges': 'bytes' } }, '(file)'],
    ['a public file that has not changed', { status: 304, headers: { 'accept-ranges': 'bytes' } }, '(file)'],
    [
      'a public file that proxy.ts let pass',
      { status: 200, headers: { 'accept-ranges': 'bytes' }, meta: { middlewareInvoke: true } },
      '(file)',
    ],
    ["proxy.ts's own answer", { status: 200, meta: { middlewareInvoke: true } }, '(proxy)'],
    [
      'an answer of another server',
      { status: 200, headers: { 'accept-ranges': 'bytes' }, isRelayed: true, meta: {} },
      '(proxy)',
    ],
    ['a redirect of another server', { status: 302, isRelayed: true, meta: {} }, '(proxy)'],
    ['a reason phrase of a server that is no Next app', { status: 404, isRelayed: true }, '(unmatched)'],
    ['a request that Node refused', { status: 400 }, '(unmatched)'],
    ['a client that left before the match', {}, '(unmatched)'],
    ['a client that left while proxy.ts ran', { meta: { middlewareInvoke: true } }, '(unmatched)'],
    ['notes of Next in a shape that nobody knows', { status: 200, meta: { match: 'new' } }, '(unmatched)'],
    ['a template that is no text', { status: 200, meta: matched({}) }, '(unmatched)'],
    ['a template that could be taken for a fixed label', { status: 200, meta: matched('(file)') }, '(unmatched)'],
  ])('%s', (_, scene, label) => {
    expect(labelOf(scene)).toBe(label)
  })
})

describe('routeLabel, of what Hearth is mounted at', () => {
  addOwnMount('')
  addOwnMount('/shop/hearth')
  const meta = matched('/hearth/[[...path]]')

  test.each<[sentence: string, scene: Scene, label: string]>([
    ['a method that the framework refuses', { url: '/shop/hearth', meta, status: 405 }, '(hearth)'],
    ['a client that left before there was an answer', { url: '/shop/hearth/metrics', meta }, '(hearth)'],
    ['one that left before the match', { url: '/shop/hearth?range=1m' }, '(hearth)'],
    ['the redirect to a slash', { url: '/shop/hearth/metrics', status: 308 }, '(hearth)'],
    [
      'a page of the app below it',
      { url: '/shop/hearth/orders', meta: matched('/hearth/orders'), status: 200 },
      '/hearth/orders',
    ],
    ['a path that begins alike', { url: '/shop/hearths', status: 308 }, '(redirect)'],
    ['a path that begins alike within the app', { url: '/hearth', status: 308 }, '(redirect)'],
    [
      'what a handler of the app refuses',
      { url: '/shop/orders/1', meta: matched('/orders/[id]'), status: 405 },
      '/orders/[id]',
    ],
  ])('%s', (_, scene, label) => {
    expect(labelOf(scene)).toBe(label)
  })
})

describe('methodLabel', () => {
  test.each([
    ['GET', 'GET'],
    ['HEAD', 'HEAD'],
    ['PATCH', 'PATCH'],
    ['PROPFIND', 'OTHER'],
    ['get', 'OTHER'],
    [undefined, 'OTHER'],
  ])('%s is %s', (method, label) => {
    expect(methodLabel(method)).toBe(label)
  })
})
