import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { readAddress, requireFree, urlOf } from './address.mjs'

test.each([
  ['PORT', [], { PORT: '4000' }, { host: '127.0.0.1', port: 4000, otherArgs: [] }],
  ['-p, before PORT', ['-p', '4001'], { PORT: '4000' }, { host: '127.0.0.1', port: 4001, otherArgs: [] }],
  ['--port=', ['--port=4001'], {}, { host: '127.0.0.1', port: 4001, otherArgs: [] }],
  ['-H', ['-H', '0.0.0.0', '-p4001'], {}, { host: '0.0.0.0', port: 4001, otherArgs: [] }],
  [
    "Next's other arguments, which stay",
    ['--keepAliveTimeout', '70000', '--port', '4001', '--inspect'],
    {},
    { host: '127.0.0.1', port: 4001, otherArgs: ['--keepAliveTimeout', '70000', '--inspect'] },
  ],
])('understands %s', (_form, args, env, expected) => {
  expect(readAddress(args, env)).toEqual(expected)
})

test.each(['abc', '-1', '65536', '80 80'])('refuses the port %s', (port) => {
  expect(() => readAddress([`--port=${port}`], {})).toThrow(`must be a number from 0 to 65535, and this is "${port}"`)
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
