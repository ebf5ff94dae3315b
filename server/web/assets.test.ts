import { once } from 'node:events'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enterResponse } from '../current-response'
import { onRequestStart } from '../http-channels'
import { createAssetDoor } from './assets'
import type { ClientAssets } from './client-assets'

const SCRIPT = 'main-0123456789ab.js'
const FONT = 'Geist-0123456789ab.woff2'
const code = Buffer.from('const a = 1\n'.repeat(1000))
const font = Buffer.from([0, 1, 2, 255])

const assets: ClientAssets = {
  page: {
    scripts: { overview: [SCRIPT], explore: [SCRIPT], metrics: [SCRIPT], boards: [SCRIPT], errors: [SCRIPT] },
    style: '',
    theme: '',
    icon: '',
    fonts: [FONT],
  },
  files: {
    [SCRIPT]: {
      type: 'text/javascript; charset=utf-8',
      encoding: 'br',
      base64: brotliCompressSync(code).toString('base64'),
    },
    [FONT]: { type: 'font/woff2', encoding: 'identity', base64: font.toString('base64') },
  },
}
const door = createAssetDoor(assets)

/** Hands on what the door answers as Next does: without its encoding and its length. */
const server = createServer(async (request, response) => {
  const { method, headers, url = '' } = request
  const asked = new Request(`http://localhost${url}`, {
    method,
    headers: { 'accept-encoding': headers['accept-encoding'] ?? '' },
  })
  const answer = await door(asked, url.slice(url.lastIndexOf('/') + 1))
  if (answer === undefined) return void response.writeHead(404).end()
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (!name.startsWith('content-') || name === 'content-type') response.setHeader(name, value)
  }
  response.end(Buffer.from(await answer.arrayBuffer()))
})
const end = onRequestStart((exchange) => void exchange.response.once('close', enterResponse(exchange)))

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => {
  end()
  server.close()
})

async function get(name: string, accept: string | undefined, method = 'GET') {
  const { port } = server.address() as AddressInfo
  const headers = accept === undefined ? {} : { 'accept-encoding': accept }
  const sent = ask({ port, path: `/shop/hearth/assets/${name}`, method, headers, agent: false }).end()
  const [response] = await once(sent, 'response')
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) }
}

const plain = { br: brotliDecompressSync, gzip: gunzipSync, none: (bytes: Buffer) => bytes }

describe('a script', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=1, br;q=0.1', 'br'],
    ['*', 'br'],
    ['identity', 'none'],
    ['zstd', 'none'],
    [undefined, 'none'],
  ] as const)('for who accepts %s comes as %s', async (accept, encoding) => {
    const { status, headers, body } = await get(SCRIPT, accept)
    expect(status).toBe(200)
    expect(headers['content-encoding'] ?? 'none').toBe(encoding)
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(body.length),
      vary: 'Accept-Encoding',
    })
    expect(plain[encoding](body)).toEqual(code)
  })

  test('is told of without its body', async () => {
    const { status, headers, body } = await get(SCRIPT, 'br', 'HEAD')
    const { body: whole } = await get(SCRIPT, 'br')
    expect({ status, encoding: headers['content-encoding'], length: headers['content-length'], body }).toEqual({
      status: 200,
      encoding: 'br',
      length: String(whole.length),
      body: Buffer.alloc(0),
    })
  })

  test('can’t be written', async () => {
    const { status, headers } = await get(SCRIPT, 'br', 'POST')
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  test('comes as it is where nobody knows whether its encoding would be told', async () => {
    const answer = await door(new Request('http://localhost/', { headers: { 'accept-encoding': 'br' } }), SCRIPT)
    expect(answer?.headers.get('content-encoding')).toBeNull()
    expect(await answer?.text()).toBe(code.toString())
  })
})

test('a font comes as it is', async () => {
  const { headers, body } = await get(FONT, 'gzip, br')
  expect(headers['content-encoding']).toBeUndefined()
  expect(body).toEqual(font)
})

test.each([
  '',
  'main.js',
  '__proto__',
  'constructor',
  'toString',
  '..%2f..%2fpackage.json',
  `x/../../${FONT}x`,
  `${SCRIPT}%00`,
])('there is no file called %j', async (name) => {
  expect((await get(name, 'br')).status).toBe(404)
})
