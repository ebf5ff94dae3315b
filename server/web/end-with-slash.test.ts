import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endWithSlash } from './end-with-slash'

// A plain server stands for Next: what it is asked for.
const server = createServer(({ url }, response) => response.end(url))
let end = () => {}

beforeAll(async () => {
  end = endWithSlash('/shop')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  end()
  server.close()
})

test.each<[sentence: string, asked: string, told: string]>([
  ['the metrics', '/shop/metrics', '/shop/metrics/'],
  ['the metrics of the API', '/shop/api/metrics?a=b', '/shop/api/metrics/?a=b'],
  ['a question, with its query', '/shop/prometheus/api/v1/query?query=a/b', '/shop/prometheus/api/v1/query/?query=a/b'],
  ['the values of a label', '/shop/prometheus/api/v1/label/job/values', '/shop/prometheus/api/v1/label/job/values/'],
  ['a question that has one', '/shop/prometheus/api/v1/query/?query=up', '/shop/prometheus/api/v1/query/?query=up'],
  ['a path that is no procedure', '/shop/api/trpc/none', '/shop/api/trpc/none/'],
  ['a procedure, which Next takes for a file', '/shop/api/trpc/metrics.status', '/shop/api/trpc/metrics.status'],
  ['what the form is sent to', '/shop/dashboard/login', '/shop/dashboard/login/'],
  ['a page, of which browsers are to know one address', '/shop/dashboard', '/shop/dashboard'],
  ['a page of the app', '/shop/metrics/of', '/shop/metrics/of'],
  ['what lies elsewhere', '/metrics', '/metrics'],
])('%s', async (_, asked, told) => {
  const { port } = server.address() as AddressInfo
  expect(await (await fetch(`http://127.0.0.1:${port}${asked}`)).text()).toBe(told)
})
