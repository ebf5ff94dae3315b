// The two programs that run beside a server under attack: a scrape target with many series, and a visitor who tells how
// long the app lets him wait. Each has a process of its own, so that the asking doesn't hold it up.
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'

export type Target = { url: string; instance: string; stop(): void }

export type Visit = { url: string; everyMs: number; limitMs: number }

export type Visits = {
  /** Of each visit that was answered. */
  waitsMs: number[]
  /** Visits that were not answered, or not in time. */
  failures: number
}

export type Visitor = {
  begin(url: string): void
  /** Waits for the visits that are under way. */
  end(): Promise<Visits>
  stop(): void
}

const VISIT_EVERY_MS = 20
const VISIT_LIMIT_MS = 120_000

/** `program` is the JavaScript of hostile-target.server.ts. */
export async function startTarget(program: string, seriesCount: number): Promise<Target> {
  const child = start(program, { SERIES_COUNT: `${seriesCount}` })
  const [port] = await once(child, 'message')
  const instance = `127.0.0.1:${port}`
  return { url: `http://${instance}`, instance, stop: () => void child.kill() }
}

/** `program` is the JavaScript of hostile-visitor.server.ts. */
export function startVisitor(program: string): Visitor {
  const child = start(program)
  return {
    begin: (url) => void child.send({ url, everyMs: VISIT_EVERY_MS, limitMs: VISIT_LIMIT_MS } satisfies Visit),
    async end() {
      const answer = once(child, 'message')
      child.send('end')
      return (await answer)[0] as Visits
    },
    stop: () => void child.kill(),
  }
}

function start(program: string, env: Record<string, string> = {}): ChildProcess {
  const child = fork(program, { execArgv: [], env: { ...process.env, ...env } })
  process.once('exit', () => child.kill())
  return child
}
