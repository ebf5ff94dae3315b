// Real receivers on loopback, a Prometheus and a VictoriaMetrics, each in an empty folder of its own.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPrometheus, PROMETHEUS_ADVICE } from '../../../scripts/find-prometheus.mjs'
import { findVictoriaMetrics, VICTORIA_METRICS_ADVICE } from '../../../scripts/find-vmalert.mjs'

export type Engine = {
  url: string
  writeUrl: string
  otlpUrl: string | undefined
  /** Its values for an instant query, by their labels as JSON. */
  ask(query: string, atMs?: number): Promise<Map<string, number>>
  kill(): Promise<void>
  /** Again on the same address, with what it had. */
  resume(): Promise<void>
  stop(): Promise<void>
}

export type EngineKind = {
  name: string
  find: () => string | undefined
  advice: string
  flags: (folder: string, address: string) => string[]
  readyPath: string
  /** Debian's Prometheus is built without its receiver of OTLP. */
  otlpPath?: string
  /** Asked before each question, so that the newest samples are seen. */
  flushPath?: string
  /** What ends it without its forgetting what it has taken. */
  killedBy: NodeJS.Signals
}

export const ENGINES: EngineKind[] = [
  {
    name: 'Prometheus',
    find: findPrometheus,
    advice: PROMETHEUS_ADVICE,
    flags: (folder, address) => [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'samples')}`,
      `--web.listen-address=${address}`,
      '--web.enable-remote-write-receiver',
      '--log.level=error',
    ],
    readyPath: '/-/ready',
    killedBy: 'SIGKILL',
  },
  {
    name: 'VictoriaMetrics',
    find: findVictoriaMetrics,
    advice: VICTORIA_METRICS_ADVICE,
    flags: (folder, address) => [
      `-storageDataPath=${join(folder, 'samples')}`,
      `-httpListenAddr=${address}`,
      '-search.latencyOffset=0s',
      '-loggerLevel=ERROR',
    ],
    readyPath: '/health',
    killedBy: 'SIGTERM',
    otlpPath: '/opentelemetry/v1/metrics',
    flushPath: '/internal/force_flush',
  },
]

export async function startEngine(kind: EngineKind): Promise<Engine> {
  const { find, advice, flags, flushPath, killedBy, otlpPath, readyPath } = kind
  const program = find()
  if (program === undefined) throw new Error(advice)
  const folder = await mkdtemp(join(tmpdir(), 'engine-'))
  await writeFile(join(folder, 'prometheus.yml'), 'global: {}\n')
  const address = `127.0.0.1:${await freePort()}`
  const url = `http://${address}`
  const launch = async () => {
    const child = spawn(program, flags(folder, address), { stdio: 'ignore' })
    for (let attempt = 0; attempt < 300; attempt++) {
      if (
        await fetch(url + readyPath).then(
          (answer) => answer.ok,
          () => false,
        )
      )
        return child
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await end(child)
    throw new Error(`${program} did not become ready within 30 seconds`)
  }
  let child = await launch()
  return {
    url,
    writeUrl: `${url}/api/v1/write`,
    otlpUrl: otlpPath && url + otlpPath,
    async ask(query, atMs = Date.now()) {
      if (flushPath !== undefined) await (await fetch(url + flushPath)).arrayBuffer()
      const asked = new URLSearchParams({ query, time: String(atMs / 1000), nocache: '1' })
      const { data } = (await (await fetch(`${url}/api/v1/query?${asked}`)).json()) as {
        data: { result: { metric: Record<string, string>; value: [number, string] }[] }
      }
      return new Map(
        data.result.map(({ metric, value }) => [JSON.stringify(metric), Number(value[1].replace('Inf', 'Infinity'))]),
      )
    },
    kill: () => end(child, killedBy),
    async resume() {
      child = await launch()
    },
    async stop() {
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
