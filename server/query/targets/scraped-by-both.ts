// For tests: what a real Prometheus and our scraper make of the same answers.
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../../e2e/free-port'
import { startProgram } from '../../../e2e/program'
import type { Labels } from '../../exposition/snapshot'
import { formatSampleValue } from '../../promql/go-float'
import { createHttpTarget } from '../../scrape/http-target'
import { createSeriesMemory } from '../../scrape/series-memory'
import { createTargetScraper } from '../../scrape/target-scraper'
import { createExemplarStorage } from '../../storage/exemplar-storage'
import { createStorage } from '../../storage/storage'
import { parseTargetList } from '../../target-list'

type Bytes = string | Buffer

/** All that a target answers, head and body, or what it answers to a path, which begins with the target's own. */
export type Answer = Bytes | ((path: string) => Bytes)

/** What is stored of a target, in lines that are the same where it is the same, and why it is down. */
export type Scraped = { error: string; lines: string[] }
export type Both = { real: Scraped; ours: Scraped }

const PATIENCE_MS = 120_000
const INTERVAL_SECONDS = 5
const LIMITS = {
  timeoutMs: 5_000,
  sampleLimit: 100_000,
  labelLimit: 64,
  labelNameLengthLimit: 1_024,
  labelValueLengthLimit: 2_048,
}

/** Serves the answers to both. Resolves to what they have stored, in the order of the answers. */
export async function scrapeByBoth(program: string, answers: readonly Answer[]): Promise<Both[]> {
  const address = await serve(answers)
  try {
    const [real, ours] = await Promise.all([
      scrapeByPrometheus(program, address.host, answers.length),
      scrapeByUs(address.host, answers.length),
    ])
    return answers.map((_, i) => ({ real: at(real, i), ours: at(ours, i) }))
  } finally {
    address.close()
  }
}

function at(all: Scraped[], i: number): Scraped {
  return all[i] ?? { error: 'nothing', lines: [] }
}

async function serve(answers: readonly Answer[]) {
  const sockets = new Set<{ destroy(): void }>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let request = ''
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      request += chunk.toString('latin1')
      if (!request.includes('\r\n\r\n')) return
      const [, path = ''] = /^GET (\S+)/.exec(request) ?? []
      const answer = answers[Number(path.split('/')[1])] ?? ''
      socket.end(typeof answer === 'function' ? answer(path) : answer)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** What `NOWMS` and `NOWS` stand for. */
const startedMs = Math.floor(Date.now() / 1000) * 1000

/** The body as an answer of that Content-Type. */
export function answerOf(body: Bytes, contentType: string): Buffer {
  const present = (text: string) => text.replaceAll('NOWMS', `${startedMs}`).replaceAll('NOWS', `${startedMs / 1000}`)
  const bytes = typeof body === 'string' ? Buffer.from(present(body)) : body
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\nContent-Length: ${bytes.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), bytes])
}

type Point = { labels: Labels; timestampMs: number; value: string }
type FoundExemplar = Point & { exemplar: Labels }

async function scrapeByPrometheus(program: string, host: string, count: number): Promise<Scraped[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'))
  const config = join(folder, 'prometheus.yml')
  await writeFile(config, JSON.stringify(configurationFor(host, count)))
  const own = `127.0.0.1:${await freePort()}`
  const prometheus = startProgram(program, [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'samples')}`,
    `--web.listen-address=${own}`,
    '--enable-feature=exemplar-storage',
    '--log.level=error',
  ])
  const api = async (path: string) => {
    const response = await fetch(`http://${own}/api/v1/${path}`)
    return ((await response.json()) as { data: unknown }).data
  }
  try {
    const deadlineMs = Date.now() + PATIENCE_MS
    let errors: string[] = []
    while (errors.length < count) {
      if (prometheus.hasEnded() || Date.now() > deadlineMs) throw new Error(`Prometheus said: ${prometheus.output()}`)
      await sleep(500)
      const targets = (await api('targets?state=active').catch(() => undefined)) as Targets | undefined
      const done = targets?.activeTargets.filter(({ health }) => health !== 'unknown') ?? []
      if (done.length < count) continue
      errors = []
      for (const { labels, lastError } of done) errors[Number(labels.job)] = lastError
    }
    const found = (await api(`query?${new URLSearchParams({ query: '{job=~".+"}[10m]' })}`)) as Matrix
    const points = found.result.flatMap(({ metric, values }) =>
      values.map(([seconds, value]) => ({ labels: metric, timestampMs: Math.round(seconds * 1000), value })),
    )
    const range = { query: '{job=~".+"}', start: '0', end: String(Date.now() / 1000 + 3600) }
    const exemplars = (await api(`query_exemplars?${new URLSearchParams(range)}`)) as Exemplars
    const foundExemplars = exemplars.flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map(({ labels, value, timestamp }) => ({
        labels: seriesLabels,
        exemplar: labels,
        timestampMs: Math.round(timestamp * 1000),
        value,
      })),
    )
    return summarise(count, points, foundExemplars, errors)
  } finally {
    await prometheus.stop()
    await rm(folder, { recursive: true })
  }
}

async function scrapeByUs(host: string, count: number): Promise<Scraped[]> {
  const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 1_000_000 })
  const exemplarStorage = createExemplarStorage(100_000)
  const list =
    parseTargetList(Array.from({ length: count }, (_, i) => `${i}=http://${host}/${i}`).join(','))?.fixed ?? []
  const { roomFor, refuseForMemory: refuse } = storage
  const memoryOf = createSeriesMemory({ limitBytes: 2 ** 30, targetCount: () => 1, roomFor, refuse })
  const errors: string[] = []
  for (const [i, address] of list.entries()) {
    const target = createHttpTarget(address, { ...LIMITS, memory: memoryOf({ job: String(i) }) })
    const scraper = createTargetScraper({ target, sink: { ...storage, appendExemplar: exemplarStorage.append } })
    await scraper.scrape(Date.now(), () => false)
    errors[i] = scraper.status().lastError ?? ''
  }
  const series = storage.select([], 0, Number.MAX_SAFE_INTEGER)
  const points = series.flatMap(({ labels, stale, timestampsMs, values }) =>
    [...timestampsMs].flatMap((timestampMs, i) =>
      stale?.[i] === 1 ? [] : [{ labels, timestampMs, value: formatSampleValue(values[i] ?? 0) }],
    ),
  )
  const search = exemplarStorage.select([[]], 0, Number.MAX_SAFE_INTEGER)
  let step = search.next()
  while (!step.done) step = search.next()
  const foundExemplars = step.value.flatMap(({ labels, exemplars }) =>
    exemplars.map(({ labels: exemplar, timestampMs, value }) => ({
      labels,
      exemplar,
      timestampMs,
      value: formatSampleValue(value),
    })),
  )
  return summarise(count, points, foundExemplars, errors)
}

type Targets = { activeTargets: { health: string; lastError: string; labels: Labels }[] }
type Matrix = { result: { metric: Labels; values: [number, string][] }[] }
type Exemplars = {
  seriesLabels: Labels
  exemplars: { labels: Labels; value: string; timestamp: number }[]
}[]

function textOf(labels: Labels): string {
  const shown = Object.entries(labels).filter(([name, value]) => !['job', 'instance'].includes(name) && value !== '')
  return JSON.stringify(Object.fromEntries(shown.sort()))
}

/** What bears the instant of a scrape is of `now`, and of the report on scrapes the first is taken. */
function summarise(
  count: number,
  points: readonly Point[],
  exemplars: readonly FoundExemplar[],
  errors: readonly string[],
): Scraped[] {
  const instants = Array.from({ length: count }, () => new Set<number>())
  for (const { labels, timestampMs } of points) {
    if (labels.__name__ === 'up') instants[Number(labels.job)]?.add(timestampMs)
  }
  const lines = Array.from({ length: count }, () => new Set<string>())
  const reported = new Set<string>()
  const timeOf = ({ labels, timestampMs }: Point) =>
    instants[Number(labels.job)]?.has(timestampMs) ? 'now' : timestampMs - startedMs
  for (const point of points) {
    const { __name__: name = '', job } = point.labels
    const isReport = name === 'up' || (/^scrape_(samples|series|duration)_/.test(name) && timeOf(point) === 'now')
    if (name === 'scrape_duration_seconds' || (isReport && reported.has(`${job} ${name}`))) continue
    if (isReport) reported.add(`${job} ${name}`)
    lines[Number(job)]?.add(`${textOf(point.labels)} ${point.value} ${timeOf(point)}`)
  }
  for (const found of exemplars) {
    const line = `${textOf(found.labels)} # ${textOf(found.exemplar)} ${found.value} ${timeOf(found)}`
    lines[Number(found.labels.job)]?.add(line)
  }
  return lines.map((set, i) => ({ error: errors[i] ?? '', lines: [...set].sort() }))
}

function configurationFor(host: string, count: number) {
  return {
    global: { scrape_interval: `${INTERVAL_SECONDS}s`, scrape_timeout: `${INTERVAL_SECONDS}s` },
    scrape_configs: [
      {
        job_name: 'targets',
        label_limit: LIMITS.labelLimit,
        static_configs: Array.from({ length: count }, (_, i) => ({
          targets: [host],
          labels: { job: String(i), __metrics_path__: `/${i}` },
        })),
      },
    ],
  }
}
