import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { readAddress, requireFree, urlOf } from './address.mjs'

test.each([
  ['the defaults', {}, {}, { host: '127.0.0.1', port: 3000 }],
  ['PORT', {}, { PORT: '4000' }, { host: '127.0.0.1', port: 4000 }],
  ['--port before PORT', { port: '4001' }, { PORT: '4000' }, { host: '127.0.0.1', port: 4001 }],
  ['--hostname', { hostname: '0.0.0.0', port: '4001' }, {}, { host: '0.0.0.0', port: 4001 }],
])('reads %s', (_form, options, env, expected) => {
  expect(readAddress(options, env)).toEqual(expected)
})

test.each(['abc', '-1', '65536', '80 80'])('refuses the port %s', (port) => {
  expect(() => readAddress({ port }, {})).toThrow(`Expected a port from 0 to 65535, got "${port}"`)
})

test('says of a port in use what to do', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  await expect(requireFree({ host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} is in use: stop the program`)
  await new Promise((resolve) => other.close(resolve))
  await expect(requireFree({ host: '127.0.0.1', port })).resolves.toBeUndefined()
})

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['example.test', 'http://example.test:3000'],
])('a client on this machine reaches %s at %s', (host, url) => {
  expect(urlOf({ host, port: 3000 })).toBe(url)
})
