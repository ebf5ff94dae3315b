import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { collect } from '../exposition/collect'
import { createRegistry } from '../instrument/registry'
import type { TargetAddress } from '../target-list'
import { parseTargetList } from '../target-list'
import { createDiscovery, DISCOVERED_TARGETS_LIMIT, declareDiscoveryMetrics } from './discover-targets'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.spyOn(console, 'info').mockImplementation(() => {})
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterEach(() => void vi.useRealTimers())

/** A discovery that hears of addresses from `hosts`, which a test changes; an Error is thrown. */
function discover(text: string, hosts: { now: string[] | Error }, own: { port?: string; addresses?: string[] } = {}) {
  const heard: TargetAddress[][] = []
  const discovery = createDiscovery({
    entries: parseTargetList(text)?.searched ?? [],
    ownPort: own.port,
    ownAddresses: () => new Set(own.addresses),
    resolve: async () => {
      if (hosts.now instanceof Error) throw hosts.now
      return hosts.now
    },
    onTargets: (targets) => void heard.push([...targets]),
  })
  const instances = () => heard.map((targets) => targets.map(({ instance }) => instance))
  return { discovery, heard, instances }
}

it('makes a target of each address, and hears of changes only', async () => {
  const hosts: { now: string[] | Error } = { now: ['10.0.0.2', '10.0.0.1', '10.0.0.2', '::1'] }
  const { discovery, heard, instances } = discover('dns+http://user:secret@shop:3000/metrics', hosts)
  discovery.start()
  await vi.advanceTimersByTimeAsync(25_000)
  expect(instances()).toEqual([['10.0.0.1:3000', '10.0.0.2:3000', '[::1]:3000']])
  expect(heard[0]?.[0]).toMatchObject({ job: 'shop', host: '10.0.0.1', url: 'http://shop:3000/metrics' })
  hosts.now = ['10.0.0.3']
  await vi.advanceTimersByTimeAsync(10_000)
  expect(instances()[1]).toEqual(['10.0.0.3:3000'])
  hosts.now = []
  await vi.advanceTimersByTimeAsync(10_000)
  expect(instances()[2]).toEqual([])
  discovery.stop()
  hosts.now = ['10.0.0.4']
  await vi.advanceTimersByTimeAsync(60_000)
  expect(heard).toHaveLength(3)
  expect(vi.getTimerCount()).toBe(0)
})

it('keeps the targets where the name cannot be looked up, and says so once', async () => {
  const hosts: { now: string[] | Error } = { now: ['10.0.0.1'] }
  const { discovery, instances } = discover('dns+http://shop:3000/metrics', hosts)
  discovery.start()
  await vi.advanceTimersByTimeAsync(0)
  hosts.now = new Error('the name cannot be looked up (EAI_AGAIN)')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(instances()).toEqual([['10.0.0.1:3000']])
  expect(discovery.status()).toEqual([
    {
      name: 'dns+http://shop:3000/metrics',
      targets: 1,
      error: 'the name cannot be looked up (EAI_AGAIN)',
      failures: 2,
    },
  ])
  expect(console.error).toHaveBeenCalledTimes(1)
  hosts.now = ['10.0.0.1']
  await vi.advanceTimersByTimeAsync(10_000)
  expect(discovery.status()).toMatchObject([{ error: undefined, failures: 2 }])
  discovery.stop()
})

it('leaves this process out, which is scraped anyway', async () => {
  const own = { port: '3000', addresses: ['10.0.0.1'] }
  const { discovery, instances } = discover(
    'dns+http://shop:3000/metrics,other=dns+http://shop:4000/metrics',
    { now: ['10.0.0.1', '10.0.0.2'] },
    own,
  )
  discovery.start()
  await vi.advanceTimersByTimeAsync(0)
  expect(instances().at(-1)).toEqual(['10.0.0.2:3000', '10.0.0.1:4000', '10.0.0.2:4000'])
  discovery.stop()
})

it('has a bound, and takes of two targets with one name that of the first entry', async () => {
  const many = Array.from({ length: DISCOVERED_TARGETS_LIMIT + 2 }, (_, i) => `10.0.${i >> 8}.${i & 255}`)
  const { discovery, heard } = discover('a=dns+http://shop/metrics,a=dns+http://shop/other', { now: many })
  discovery.start()
  await vi.advanceTimersByTimeAsync(0)
  expect(heard.at(-1)).toHaveLength(DISCOVERED_TARGETS_LIMIT)
  expect(heard.at(-1)?.every(({ url }) => url.endsWith('/metrics'))).toBe(true)
  expect(discovery.status()[0]?.error).toBe(`2 targets more than ${DISCOVERED_TARGETS_LIMIT} are left out`)
  discovery.stop()
})

it('reads files, and tells how it fares in metrics', async () => {
  vi.useRealTimers()
  const folder = await mkdtemp(path.join(tmpdir(), 'discover-'))
  const file = path.join(folder, 'nodes.json')
  await writeFile(file, '[{"targets": ["a:1", "b:1"], "labels": {"zone": "x"}}]')
  const { discovery, heard } = discover(`file:${file},dns+http://shop/metrics`, { now: new Error('no') })
  const registry = createRegistry()
  declareDiscoveryMetrics(registry, discovery.status)
  discovery.start()
  await expect.poll(() => heard.at(-1)).toMatchObject([{ job: 'nodes', labels: { zone: 'x' } }, { instance: 'b:1' }])
  discovery.stop()
  const { families } = await collect(registry)
  const values = families
    .filter(({ name }) => name.startsWith('hearth_discovery'))
    .flatMap(({ samples }) => samples.filter(({ name }) => !name.endsWith('_created')))
    .map(({ labels, value }) => [labels.entry, value])
  expect(values).toEqual([
    [`file:${file}`, 0],
    ['dns+http://shop/metrics', 1],
    [`file:${file}`, 2],
    ['dns+http://shop/metrics', 0],
  ])
  await rm(folder, { recursive: true })
})
