// For tests: workers under a bounded load, killed at random moments of a fixed seed, and what they said meanwhile.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { OPENMETRICS_CONTENT_TYPE } from '../format'
import { parseExposition } from '../parse'
import { KnownLayouts, seriesKey } from './family-layout'
import { Ledgers } from './ledger'

export type KillOptions = {
  /** The program of worker.program.ts, and the folder of the workers. */
  program: string
  directory: string
  workers: number
  /** One program whose workers share a port, or several that have one each. */
  isCluster: boolean
  kills: { SIGTERM: number; SIGKILL: number }
  seed: number
}

export type Outcome = {
  /** Requests that were answered, and with those whose answer did not come. */
  sent: { least: number; most: number }
  counted: number
  /** Requests that were answered by a worker after what it had published before its SIGKILL: they may be lost. */
  atRisk: number
  reads: number
  /** Counts that were less than before. */
  wentBack: string[]
  /** Answers that were no metrics. */
  errors: string[]
}

const LOAD_PAUSE_MS = 4
const READ_PAUSE_MS = 60
const READY_MS = 30_000

type Worker = { child: ChildProcess; port: number; pid: number }

export async function killAtRandom(options: KillOptions): Promise<Outcome> {
  const { directory, isCluster, kills, program, seed, workers: count } = options
  const random = randomOf(seed)
  const agent = new Agent({ keepAlive: false })
  const children: ChildProcess[] = []
  const workers: Worker[] = []
  /** When which process answered. */
  const answers: { pid: number; atMs: number }[] = []
  const outcome: Outcome = { sent: { least: 0, most: 0 }, counted: 0, atRisk: 0, reads: 0, wentBack: [], errors: [] }
  let isOver = false

  async function start(port: number, extra: string[] = []): Promise<Worker> {
    const child = spawn(process.execPath, [program, directory, `${port}`, ...extra], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    child.stderr.setEncoding('utf8').on('data', (text: string) => outcome.errors.push(text))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!isCluster) return
      for (const [, pid] of text.matchAll(/listening (\d+)/g)) workers.push({ child, port, pid: Number(pid) })
    })
    await once(child.stdout, 'data')
    return { child, port, pid: child.pid ?? -1 }
  }

  const ask = (port: number, path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, path, agent, timeout: 10_000 }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => {
          text += piece
        })
        response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new AnswerError(text))))
        response.on('error', reject)
      })
      request.on('timeout', () => request.destroy(new Error('no answer')))
      request.on('error', reject)
    })

  const anyPort = () => workers[Math.floor(random() * workers.length)]?.port ?? 0

  async function load(): Promise<void> {
    for (let i = 0; !isOver; i++) {
      outcome.sent.most++
      try {
        const pid = Number(await ask(anyPort(), `/r${i % 5}`))
        outcome.sent.least++
        answers.push({ pid, atMs: Date.now() })
      } catch {
        // It was killed, and may have counted it.
      }
      await sleep(LOAD_PAUSE_MS)
    }
  }

  const highest = new Map<string, number>()

  async function read(): Promise<void> {
    let text: string
    try {
      text = await ask(anyPort(), '/metrics')
    } catch (error) {
      if (error instanceof AnswerError) outcome.errors.push(error.message)
      return
    }
    outcome.reads++
    outcome.counted = 0
    for (const { samples, type } of parseExposition(text, OPENMETRICS_CONTENT_TYPE)) {
      if (type !== 'counter' && type !== 'histogram') continue
      for (const { labels, name, value } of samples) {
        if (name.endsWith('_created')) continue
        const key = seriesKey(name, labels)
        const before = highest.get(key) ?? 0
        if (value < before) outcome.wentBack.push(`${key}: ${before}, then ${value}`)
        highest.set(key, value)
        if (name === 'hits_total') outcome.counted += value
      }
    }
  }

  async function readAlways(): Promise<void> {
    while (!isOver) {
      await read()
      await sleep(READ_PAUSE_MS)
    }
  }

  const ledgers = new Ledgers(directory, new KnownLayouts(), () => {})

  /** When the worker took the numbers that it published last. */
  function publishedMs(pid: number): number {
    const taken = ledgers.read().workers.filter(({ head }) => head.pid === pid)
    return Math.max(0, ...taken.map(({ values }) => values.takenAtMs))
  }

  async function kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const place = Math.floor(random() * workers.length)
    const [worker] = workers.splice(place, 1)
    if (worker === undefined) return
    if (signal === 'SIGKILL') killed.push({ pid: worker.pid, publishedMs: publishedMs(worker.pid) })
    process.kill(worker.pid, signal)
    if (isCluster) await until(() => workers.length === count)
    else {
      await once(worker.child, 'exit')
      workers.push(await start(worker.port))
    }
  }

  const killed: { pid: number; publishedMs: number }[] = []
  try {
    if (isCluster) {
      await start(await freePort(), [`${count}`])
      await until(() => workers.length === count)
    } else for (let i = 0; i < count; i++) workers.push(await start(await freePort()))
    const going = [load(), load(), readAlways()]
    const signals = shuffled(
      [...new Array(kills.SIGTERM).fill('SIGTERM' as const), ...new Array(kills.SIGKILL).fill('SIGKILL' as const)],
      random,
    )
    for (const signal of signals) {
      await sleep(200 + random() * 1_500)
      await kill(signal)
    }
    isOver = true
    await Promise.all(going)
    for (const { pid, publishedMs } of killed) {
      outcome.atRisk += answers.filter((answer) => answer.pid === pid && answer.atMs >= publishedMs).length
    }
    // Until all have published what they have counted.
    const deadlineMs = Date.now() + READY_MS
    while (outcome.counted < outcome.sent.least - outcome.atRisk && Date.now() < deadlineMs) {
      await sleep(500)
      await read()
    }
    for (let i = 0; i < count; i++) await read()
    return outcome
  } finally {
    isOver = true
    agent.destroy()
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')))
  }
}

class AnswerError extends Error {}

async function until(isSo: () => boolean): Promise<void> {
  const deadlineMs = Date.now() + READY_MS
  while (!isSo()) {
    if (Date.now() > deadlineMs) throw new Error(`expected all workers to run within ${READY_MS / 1000} s`)
    await sleep(20)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Numbers from 0 to 1 that look random, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value)
}
