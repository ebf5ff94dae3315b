// A real Prometheus on loopback, filled by remote write and asked through its HTTP API.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FEATURE_FLAGS } from '../../features'
import type { Series } from '../../storage/series'
import type { Range } from '../value'
import type { Answer } from './answers'
import type { SeriesExemplars } from './remote-write'
import { writeRequest } from './remote-write'

export class RealPrometheus {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Where its HTTP API is: below /api/v1. */
    readonly url: string,
  ) {}

  /** Starts `program` on a free port and an empty folder, with all features on that there are here. */
  static async start(program: string): Promise<RealPrometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'prometheus-'))
    const port = await freePort()
    await writeFile(join(folder, 'prometheus.yml'), 'global: {}\n')
    const flags = [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
      `--enable-feature=${FEATURE_FLAGS.join(',')}`,
      '--log.level=error',
    ]
    const child = spawn(program, flags, { stdio: 'ignore' })
    const prometheus = new RealPrometheus(child, folder, `http://127.0.0.1:${port}`)
    await prometheus.becomeReady()
    return prometheus
  }

  async write(series: Series[], exemplars: readonly SeriesExemplars[] = []): Promise<void> {
    const headers = { 'content-encoding': 'snappy', 'content-type': 'application/x-protobuf' }
    const body = writeRequest(series, exemplars)
    const response = await fetch(`${this.url}/api/v1/write`, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`remote write: ${response.status} ${await response.text()}`)
  }

  instant(query: string, atMs: number): Promise<Answer> {
    return this.ask('query', { query, time: String(atMs / 1000) })
  }

  range(query: string, { endMs, startMs, stepMs }: Range): Promise<Answer> {
    const times = { start: String(startMs / 1000), end: String(endMs / 1000), step: String(stepMs / 1000) }
    return this.ask('query_range', { query, ...times })
  }

  /** Such as 3.5.3. */
  async version(): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/status/buildinfo`)
    const { data } = (await response.json()) as { data: { version: string } }
    return data.version
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    if (this.child.exitCode === null) await exited
    await rm(this.folder, { recursive: true, force: true })
  }

  private async ask(path: string, params: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams(params)
    const response = await fetch(`${this.url}/api/v1/${path}`, { method: 'POST', body })
    return (await response.json()) as Answer
  }

  private async becomeReady(): Promise<void> {
    for (let attempt = 0; attempt < 150; attempt++) {
      const ready = await fetch(`${this.url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
      if (ready) return
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    await this.stop()
    throw new Error('Prometheus did not become ready within 30 seconds')
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
