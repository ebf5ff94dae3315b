// What /metrics and /api/metrics say to those who ask, through Next as it is started in production.
import type { IncomingMessage } from 'node:http'
import { request as send } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import type { Mode, Server } from './start-server'
import { startServer } from './start-server'

const ANYTHING = { accept: '*/*' }
const OPENMETRICS = { accept: 'application/openmetrics-text;version=1.0.0' }

/** As node:http sends it, which adds nothing and decompresses nothing. */
async function ask(url: string, headers: Record<string, string>, method = 'GET') {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { method, headers, agent: false }, resolve).on('error', reject).end()
  })
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}

for (const mode of ['start', 'standalone'] satisfies Mode[]) {
  test.describe(mode, () => {
    let server: Server
    test.beforeAll(async () => {
      server = await startServer({ mode })
    })
    test.afterAll(() => server?.stop())

    for (const path of ['/metrics', '/api/metrics']) {
      for (const [format, accept] of Object.entries({ text: ANYTHING, openMetrics: OPENMETRICS })) {
        test(`${path} is compressed once, and has a length: ${format}`, async () => {
          const { headers, body } = await ask(server.url + path, { ...accept, 'accept-encoding': 'gzip, deflate, br' })
          expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body.length) })
          expect(headers).toMatchObject({
            'cache-control': 'no-store',
            vary: expect.stringMatching(/Accept, Accept-Encoding$/),
          })
          expect(gunzipSync(body).toString()).toContain('\nrequests_total{')
        })

        test(`${path} is not compressed where that is not accepted: ${format}`, async () => {
          const { headers, body } = await ask(server.url + path, { ...accept, 'accept-encoding': 'gzip;q=0' })
          expect(headers['content-encoding']).toBeUndefined()
          expect(headers['content-length']).toBe(String(body.length))
          expect(body.toString()).toContain('\nrequests_total{')
        })

        test(`${path} has the same head for HEAD: ${format}`, async () => {
          const asks = { ...accept, 'accept-encoding': 'gzip' }
          const varying = { date: '', 'x-process-time': '', 'content-length': '' }
          const got = await ask(server.url + path, asks)
          const asked = await ask(server.url + path, asks, 'HEAD')
          expect(asked.body).toHaveLength(0)
          expect({ ...asked.headers, ...varying }).toEqual({ ...got.headers, ...varying })
          expect(Number(asked.headers['content-length'])).toBeGreaterThan(1000)
        })
      }

      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        test(`${path} refuses ${method}`, async () => {
          const { status, headers } = await ask(server.url + path, {}, method)
          expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' })
        })
      }

      test(`${path} counts what it refused under its own route`, async () => {
        await ask(server.url + path, {}, 'PATCH')
        const { body } = await ask(`${server.url}${path}?name[]=requests_total`, ANYTHING)
        expect(body.toString()).toContain(`\nrequests_total{method="PATCH",route="${path}",status="405"} `)
        expect(body.toString()).toContain(`\nrequests_total{method="OTHER",route="${path}",status="405"} 2`)
      })
    }

    test('a scraper that leaves is counted, and gives its place back', async () => {
      const leaving = Array.from({ length: 20 }, () => {
        const request = send(`${server.url}/metrics`, { agent: false }).on('error', () => {})
        request.end()
        return request
      })
      for (const request of leaving) request.destroy()
      const inFlight = async () =>
        (await ask(`${server.url}/metrics?name[]=metric_handler_requests_in_flight`, {})).body.toString()
      await expect.poll(inFlight).toContain('\nmetric_handler_requests_in_flight 1\n')
    })
  })
}
