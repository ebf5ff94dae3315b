import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { parseEnv } from '../env'
import { measureRequests } from '../instrument/measure-requests'
import { declareMetrics } from '../instrument/metrics'
import { createRegistry } from '../instrument/registry'
import { listenOnOwnPort } from './own-port'

vi.mock('../shutdown', () => ({ shutdownSignal: () => new AbortController().signal }))

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  vi.restoreAllMocks()
})

async function listen(variables: Record<string, string>, port = 0) {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  const complained = vi.spyOn(console, 'error').mockImplementation(() => {})
  const web = async (request: Request) => new Response(new URL(request.url).pathname)
  const server = listenOnOwnPort(web, parseEnv(variables), port)
  servers.push(server)
  await vi.waitFor(() => expect(said.mock.calls.length + complained.mock.calls.length).toBe(1))
  const actual = (server.address() as AddressInfo | null)?.port
  const words = String([...said.mock.calls, ...complained.mock.calls][0]?.[0]).replaceAll(String(actual), 'PORT')
  return { port: actual, words }
}

test.each<[string, Record<string, string>, string]>([
  [
    'this machine',
    {},
    'dashboard at http://127.0.0.1:PORT, metrics at http://127.0.0.1:PORT/metrics. Only this machine may look: set HEARTH_TOKEN for others.',
  ],
  [
    'all addresses without a token',
    { HEARTH_HOST: '0.0.0.0' },
    'dashboard at http://localhost:PORT, metrics at http://localhost:PORT/metrics. Nobody may look yet: set HEARTH_TOKEN.',
  ],
  [
    'all addresses with a token',
    { HEARTH_HOST: '0.0.0.0', HEARTH_TOKEN: 'x' },
    'dashboard at http://localhost:PORT, metrics at http://localhost:PORT/metrics. Whoever has HEARTH_TOKEN may look.',
  ],
  [
    'IPv6',
    { HEARTH_HOST: '::1' },
    'dashboard at http://[::1]:PORT, metrics at http://[::1]:PORT/metrics. Only this machine may look: set HEARTH_TOKEN for others.',
  ],
])('it says where it is and who may look: %s', async (_, variables, expected) => {
  expect((await listen(variables)).words).toBe(`Hearth: ${expected}`)
})

test('a port that is taken is said in one sentence, and nothing fails', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  servers.push(other)
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const { words } = await listen({}, port)
  expect(words).toBe(
    `Hearth: port ${port} of 127.0.0.1 is in use: set HEARTH_PORT to another one. The app goes on without the dashboard.`,
  )
})

test('an address of another machine is said as well', async () => {
  const { words } = await listen({ HEARTH_HOST: '192.0.2.1' })
  expect(words).toContain('192.0.2.1 is no address of this machine: set HEARTH_HOST to one')
})

test('what is asked there is none of the app’s requests', async () => {
  const registry = createRegistry()
  const stop = measureRequests(declareMetrics(registry, [1]), { sendsTime: true })
  const { port } = await listen({})
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toBe('/metrics')
  const { values } = (await registry.getSingleMetric('requests_total')?.get()) ?? { values: [] }
  expect(values.filter(({ value }) => value > 0)).toEqual([])
  const inFlight = (await registry.getSingleMetric('requests_in_flight')?.get()) ?? { values: [] }
  expect(inFlight.values.filter(({ value }) => value > 0)).toEqual([])
  stop()
})
