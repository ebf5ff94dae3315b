import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { keepHeaders, restoreHeaders } from './kept-headers'

/** As Next sends what a route handler returns: what is there already stays, but for these. */
const APPENDED = ['set-cookie', 'vary']

function sentByNext(answer: Response, before: Record<string, string>): Record<string, unknown> {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  for (const [name, value] of Object.entries(before)) response.setHeader(name, value)
  for (const [name, value] of answer.headers) {
    if (APPENDED.includes(name) || !response.hasHeader(name)) response.appendHeader(name, value)
  }
  restoreHeaders(response)
  return { ...response.getHeaders() }
}

const OURS = { 'content-security-policy': "default-src 'none'", 'cache-control': 'no-store', vary: 'accept-encoding' }
const THEIRS = { 'content-security-policy': "default-src 'self'", 'cache-control': 'public', vary: 'rsc', 'x-own': 'a' }

test('what the app has set for every path gives way, and what adds up stays', () => {
  const answer = new Response(null, { headers: { ...OURS, 'set-cookie': 'session=1' } })
  expect(sentByNext(keepHeaders(answer), { ...THEIRS, 'set-cookie': 'theirs=2' })).toEqual({
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    vary: ['rsc', 'accept-encoding'],
    'set-cookie': ['theirs=2', 'session=1'],
    'x-own': 'a',
  })
})

test('without that, Next sends what the app has set', () => {
  expect(sentByNext(new Response(null, { headers: OURS }), THEIRS)).toMatchObject({ 'cache-control': 'public' })
})

test('what is given to writeHead by who writes it itself is ours, and loses the header that carries', () => {
  const given = Object.fromEntries(keepHeaders(new Response(null, { headers: OURS })).headers)
  expect(restoreHeaders(new ServerResponse(new IncomingMessage(new Socket())), given)).toBe(true)
  expect(given).toEqual(OURS)
})

test.each([[undefined], ['OK'], [{ 'content-type': 'text/plain' }], [['a', 'b']]])(
  'given %j, it is none of ours',
  (given) => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    expect(restoreHeaders(response, given)).toBe(false)
  },
)

test('any other response is left alone', () => {
  expect(sentByNext(new Response(null), THEIRS)).toEqual(THEIRS)
})
