import { expect, test } from 'vitest'
import { GET } from './route'

const CHROME = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'
const PROMETHEUS = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2'

const ask = (accept: string | undefined) =>
  GET(new Request('http://localhost:3000/', { headers: accept === undefined ? {} : { accept } }))

test.each([
  ['no Accept', undefined],
  ['curl and fetch', '*/*'],
  ['an API client', 'application/json'],
  ['Prometheus', PROMETHEUS],
  ['a client that prefers JSON', 'text/html;q=0.5, application/json'],
  ['a client that refuses HTML', 'text/html;q=0, */*'],
  ['a client that wants neither', 'image/png'],
  ['an Accept that is no such thing', ';;q=,,'],
])('%s is greeted', async (_, accept) => {
  const response = ask(accept)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('vary')).toBe('Accept')
  expect(await response.text()).toBe('{"message":"Hello World"}')
})

test.each([
  ['a browser', CHROME],
  ['a client of HTML alone', 'text/html'],
  ['a client that prefers HTML', 'application/json;q=0.9, text/html'],
])('%s is sent to the dashboard', async (_, accept) => {
  const response = ask(accept)
  expect(response.status).toBe(307)
  expect(response.headers.get('location')).toBe('/dashboard')
  expect(response.headers.get('vary')).toBe('Accept')
  expect(response.headers.get('cache-control')).toBe('no-store')
})
