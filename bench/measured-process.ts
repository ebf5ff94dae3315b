// A program under measurement, in a process of its own.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../e2e/free-port'

export type MeasuredServer = {
  /** Without a slash at its end. */
  url: string
  /** CPU time since the process began, of all its threads, in microseconds. */
  cpuMicros(): Promise<number>
  /** What is in use after a full garbage collection, on the heap and in buffers beside it, in bytes. */
  heapBytes(): Promise<number>
  /** `used` is as `heapBytes`, `rss` what the system has given to the process then; in bytes. */
  memory(): Promise<{ used: number; rss: number }>
  /** The longest turn of the event loop since the last call, in processor time of its thread; only Linux tells it. */
  longestTurnMs(): Promise<number>
  /** The longest that its event loop was held up since this was asked the last time. */
  longestStallMs(): Promise<number>
  /** From now on the server is this contestant: `hearth` has the hooks of this app, `middleware` what is written by hand, any other neither. */
  become(contestant: string): void
  stop(): Promise<void>
}

const START_LIMIT_MS = 60_000

/**
 * Runs `node args` with probe.mjs loaded, and waits until it answers on 127.0.0.1 at the port that it finds in PORT.
 * Throws its output if it ends before that or doesn't answer in a minute.
 */
export async function startMeasured(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<MeasuredServer> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--expose-gc', '--import', './bench/probe.mjs', ...args], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', DATA_DIR: '', PORT: `${port}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const kill = () => child.kill()
  process.once('exit', kill)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text))
  const url = `http://127.0.0.1:${port}`
  if (!(await answers(child, url))) throw new Error(`${args.join(' ')} did not start:\n${output}`)
  return {
    url,
    cpuMicros: () => ask(child, 'cpu'),
    heapBytes: () => ask(child, 'heap'),
    memory: async () => ({ used: await ask(child, 'heap'), rss: await ask(child, 'rss') }),
    longestTurnMs: () => ask(child, 'turn'),
    longestStallMs: () => ask(child, 'stall'),
    become: (contestant) => void child.send({ contestant }),
    stop() {
      process.off('exit', kill)
      return stop(child)
    },
  }
}

async function answers(child: ChildProcess, url: string): Promise<boolean> {
  const endMs = performance.now() + START_LIMIT_MS
  while (child.exitCode === null && performance.now() < endMs) {
    const response = await fetch(`${url}/`).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return true
    await setTimeout(50)
  }
  child.kill()
  return false
}

async function ask(child: ChildProcess, what: 'cpu' | 'heap' | 'rss' | 'turn' | 'stall'): Promise<number> {
  const answer = once(child, 'message')
  child.send({ ask: what })
  return Number((await answer)[0])
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
