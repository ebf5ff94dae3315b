// Targets that come and go: those of a name in DNS, and those of a file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from '@playwright/test'
import { send } from './send'
import { startServer } from './start-server'
import { test } from './test'

type Answer = { data: { result: { metric: Record<string, string>; value: [number, string] }[] } }

test('are scraped as they are found, with their labels, and end when they are gone', async ({ server }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'discovery-'))
  const file = path.join(folder, 'nodes.json')
  const host = new URL(server.url).host
  const write = (targets: string[]) => writeFile(file, JSON.stringify([{ targets, labels: { zone: 'a' } }]))
  await write([host])
  const watching = await startServer({ env: { SCRAPE_TARGETS: `shop=dns+${server.url}/metrics,nodes=file:${file}` } })
  try {
    const ask = async (query: string) => {
      const response = await fetch(`${watching.url}/prometheus/api/v1/query?${new URLSearchParams({ query })}`)
      const { data }: Answer = await response.json()
      const rows: Record<string, string>[] = data.result.map(({ metric, value }) => ({ ...metric, value: value[1] }))
      return rows.sort((a, b) => `${a.job}`.localeCompare(`${b.job}`))
    }
    const up = (job: string, instance: string, rest = {}) => ({ __name__: 'up', job, instance, ...rest, value: '1' })
    await expect.poll(() => ask('up{job!="hearth"}')).toEqual([up('nodes', host, { zone: 'a' }), up('shop', host)])
    await send(server.url, '/demo/products/1', 3)
    await expect.poll(() => ask('count by (zone) (requests_total{job="nodes"}) > 0')).toMatchObject([{ zone: 'a' }])

    await write([])
    await expect.poll(() => ask('up{job="nodes"} or requests_total{job="nodes"}')).toEqual([])
    expect(await ask('up{job="shop"}')).toEqual([up('shop', host)])

    await writeFile(file, '[{"targets": ["no port at all"]}]')
    await expect
      .poll(async () => (await ask('hearth_discovery_failures_total > 0')).map((one) => one.entry))
      .toEqual([`nodes=file:${file}`])
    expect(watching.output()).toContain(`nodes=file:${file}: nodes.json: expected host:port, got "no port at all".`)
  } finally {
    await watching.stop()
    await rm(folder, { recursive: true })
  }
})
