// A real Prometheus that scrapes servers of this app every second, and what it thinks of them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port'
import { startProgram } from './program'

const PATIENCE_MS = 30_000

/** What it is to scrape, as its configuration has it. */
export type ScrapeJob = {
  job: string
  /** The server's address. */
  url: string
  /** `/api/metrics` unless it is given. */
  path?: string
  /** Sent as `Authorization: Bearer`. */
  token?: string
}

export type RealPrometheus = {
  /** Where its API is. */
  url: string
  /** Its values for an instant query, by their labels as JSON. */
  ask(expr: string): Promise<Map<string, number>>
  /** The labels of the exemplars that it has for an expression. */
  exemplars(expr: string): Promise<Record<string, string>[]>
  target(job: string): Promise<Target>
  /** Its log lines that warn or complain. */
  complaints(): string[]
  /** The samples and scrapes that it refused, by the name of the metric that counts them. */
  refusals(): Promise<Record<string, number>>
  /** Ends it for a while; `resume` starts it again on the same address with the samples that it had. */
  halt(): Promise<void>
  resume(): void
  stop(): Promise<void>
}

type Target = { health: 'up' | 'down' | 'unknown'; lastError: string }

/** Resolves once it has tried to scrape every job, and throws what it said if it doesn't. It stores exemplars. */
export async function startPrometheus(
  path: string,
  jobs: readonly ScrapeJob[],
  features: readonly string[] = [],
): Promise<RealPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'))
  const config = join(folder, 'prometheus.yml')
  await writeFile(config, JSON.stringify(configurationFor(jobs)))
  const own = `127.0.0.1:${await freePort()}`
  const launch = () =>
    startProgram(path, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'samples')}`,
      `--web.listen-address=${own}`,
      `--enable-feature=${['exemplar-storage', ...features]}`,
    ])
  let program = launch()
  const prometheus: RealPrometheus = {
    url: `http://${own}`,
    async ask(expr) {
      const answer = await api<{ result: Answer[] }>(own, `query?${new URLSearchParams({ query: expr })}`)
      return new Map(answer.result.map(({ metric, value }) => [JSON.stringify(metric), Number(value[1])]))
    },
    async exemplars(expr) {
      const nowSeconds = Date.now() / 1000
      const range = { query: expr, start: String(nowSeconds - 600), end: String(nowSeconds + 60) }
      const answer = await api<Exemplars[]>(own, `query_exemplars?${new URLSearchParams(range)}`)
      return answer.flatMap(({ seriesLabels, exemplars }) =>
        exemplars.map(({ labels, value }) => ({ ...seriesLabels, ...labels, value })),
      )
    },
    async target(job) {
      const { activeTargets } = await api<{ activeTargets: (Target & { scrapePool: string })[] }>(own, 'targets')
      return activeTargets.find(({ scrapePool }) => scrapePool === job) ?? { health: 'unknown', lastError: '' }
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
  for (const { job, url } of jobs) {
    while (((await prometheus.target(job).catch(() => undefined))?.health ?? 'unknown') === 'unknown') {
      if (program.hasEnded() || Date.now() > deadlineMs) {
        await prometheus.stop()
        throw new Error(`Prometheus has not scraped ${url}. It said:\n${program.output()}`)
      }
      await sleep(200)
    }
  }
  return prometheus
}

type Answer = { metric: Record<string, string>; value: [number, string] }
type Exemplars = {
  seriesLabels: Record<string, string>
  exemplars: { labels: Record<string, string>; value: string }[]
}

async function api<T>(own: string, path: string): Promise<T> {
  const response = await fetch(`http://${own}/api/v1/${path}`)
  return ((await response.json()) as { data: T }).data
}

/** JSON is YAML too. */
function configurationFor(jobs: readonly ScrapeJob[]) {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: jobs.map(({ job, url, path = '/api/metrics', token }) => ({
      job_name: job,
      metrics_path: path,
      static_configs: [{ targets: [new URL(url).host] }],
      ...(token === undefined ? {} : { authorization: { credentials: token } }),
    })),
  }
}
