// A client that means harm: random paths, methods and headers must leave the number of series where it was.
import { Agent, createServer, METHODS, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { measureRequests } from './measure-requests'
import { declareMetrics } from './metrics'
import { createRegistry } from './registry'

/** HOSTILE_REQUESTS=1000000 takes its time and shows the same. */
const REQUESTS = Number(process.env.HOSTILE_REQUESTS ?? 20_000)
const WARM_UP = 1_000

it('random paths, methods and headers make no new series', async () => {
  const registry = createRegistry()
  const stop = measureRequests(declareMetrics(registry, [0.01, 0.1, 1]), { sendsTime: true })
  const server = createServer((request, response) => {
    response.statusCode = (request.url?.length ?? 0) % 2 === 0 ? 200 : 404
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const methods = METHODS.filter((method) => method !== 'CONNECT')
  const random = () => Math.random().toString(36).slice(2)

  const hit = (i: number) =>
    new Promise<void>((resolve, reject) => {
      const headers = { [`x-${random()}`]: random(), traceparent: random(), host: `${random()}.example` }
      const path = `/${random()}/${encodeURIComponent(random())}?${random()}=${i}`
      const sent = send({ port, host: '127.0.0.1', agent, method: methods[i % methods.length], path, headers })
      sent.on('response', (response) => response.resume().on('end', resolve)).on('error', reject)
      sent.end()
    })
  const hitAll = async (from: number, to: number) => {
    for (let i = from; i < to; i += 100) await Promise.all(Array.from({ length: 100 }, (_, k) => hit(i + k)))
  }
  const series = async () => (await registry.getMetricsAsJSON()).flatMap(({ values }) => values).length
  const requests = async () => {
    const values = (await registry.getSingleMetric('requests_total')?.get())?.values ?? []
    return values.reduce((sum, { value }) => sum + value, 0)
  }

  await hitAll(0, WARM_UP)
  const before = await series()
  await hitAll(WARM_UP, REQUESTS)
  expect(await series()).toBe(before)
  expect(await requests()).toBe(REQUESTS)

  stop()
  agent.destroy()
  server.close()
}, 1_800_000)
