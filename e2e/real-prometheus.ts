// A real Prometheus that scrapes one server of this app every second, and what it thinks of it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port'
import { startProgram } from './program'

const PATIENCE_MS = 30_000

export type RealPrometheus = {
  /** Where its API is. */
  url: string
  /** Its values for an instant query, by their labels as JSON. */
  ask(expr: string): Promise<Map<string, number>>
  target(): Promise<{ health: string; lastError: string; lastScrape: string }>
  /** Its log lines that warn or complain. */
  complaints(): string[]
  /** The samples and scrapes that it refused, by the name of the metric that counts them. */
  refusals(): Promise<Record<string, number>>
  /** Ends it for a while; `resume` starts it again on the same address with the samples that it had. */
  halt(): Promise<void>
  resume(): void
  stop(): Promise<void>
}

/** Resolves once it has scraped `url`, a server's address, and throws what it said if it doesn't. */
export async function startPrometheus(path: string, url: string): Promise<RealPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'))
  const config = join(folder, 'prometheus.yml')
  await writeFile(config, configurationFor(new URL(url).host))
  const own = `127.0.0.1:${await freePort()}`
  const launch = () =>
    startProgram(path, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'samples')}`,
      `--web.listen-address=${own}`,
    ])
  let program = launch()
  const prometheus: RealPrometheus = {
    url: `http://${own}`,
    async ask(expr) {
      const answer = await api<{ result: Answer[] }>(own, `query?${new URLSearchParams({ query: expr })}`)
      return new Map(answer.result.map(({ metric, value }) => [JSON.stringify(metric), Number(value[1])]))
    },
    async target() {
      const { activeTargets } = await api<{ activeTargets: Target[] }>(own, 'targets')
      return activeTargets[0] ?? { health: 'none', lastError: '', lastScrape: '' }
    },
    complaints: () =>
      program
        .output()
        .split('\n')
        .filter((line) => /level=(?:warn|error)/i.test(line)),
    async refusals() {
      const text = await (await fetch(`http://${own}/metrics`)).text()
      const counters = text.matchAll(/^(prometheus_target_scrape\w*_(?:exceeded|out_of|duplicate)\w*) (\S+)$/gm)
      return Object.fromEntries([...counters].map(([, name, value]) => [name, Number(value)]))
    },
    async halt() {
      await program.stop()
    },
    resume() {
      program = launch()
    },
    async stop() {
      await program.stop()
      await rm(folder, { recursive: true })
    },
  }
  const deadlineMs = Date.now() + PATIENCE_MS
  while ((await prometheus.target().catch(() => undefined))?.health !== 'up') {
    if (program.hasEnded() || Date.now() > deadlineMs) {
      await prometheus.stop()
      throw new Error(`Prometheus has not scraped ${url}. It said:\n${program.output()}`)
    }
    await sleep(200)
  }
  return prometheus
}

type Answer = { metric: Record<string, string>; value: [number, string] }
type Target = { health: string; lastError: string; lastScrape: string }

async function api<T>(own: string, path: string): Promise<T> {
  const response = await fetch(`http://${own}/api/v1/${path}`)
  return ((await response.json()) as { data: T }).data
}

function configurationFor(target: string): string {
  return `
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: hearth
    metrics_path: /api/metrics
    static_configs: [{ targets: ['${target}'] }]
`
}
