// Starts this app in one of the three ways that Next can run it, on the loopback interface, with its demo routes.
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port'
import type { Program } from './program'
import { startProgram } from './program'

export type Mode = 'start' | 'dev' | 'standalone'

export type Server = Program & { url: string; port: number }

type ServerOptions = {
  /** A free one unless it is given, as it must be where a server takes the place of another. */
  port?: number
  env?: Record<string, string>
  mode?: Mode
  /** Where it listens: on a loopback address unless it is given. */
  host?: string
}

const COMMANDS: Record<Mode, string[]> = {
  start: ['node_modules/next/dist/bin/next', 'start'],
  dev: ['node_modules/next/dist/bin/next', 'dev'],
  standalone: ['.next/standalone/server.js'],
}

const PATIENCE_MS: Record<Mode, number> = { start: 60_000, dev: 180_000, standalone: 60_000 }

/**
 * Resolves once the dashboard has answered: that is one request to `/dashboard` which the server has counted. Throws
 * what the server said if it ends, or doesn't answer in time.
 */
export async function startServer({ mode = 'start', ...options }: ServerOptions = {}): Promise<Server> {
  const server = await launchServer({ ...options, mode })
  const deadlineMs = Date.now() + PATIENCE_MS[mode]
  while (!(await answers(`${server.url}/dashboard`))) {
    if (server.hasEnded() || Date.now() > deadlineMs) {
      await server.kill()
      throw new Error(`The server (${mode}) does not show its dashboard. It said:\n${server.output()}`)
    }
    await sleep(100)
  }
  return server
}

/** Starts a server without waiting for it. */
export async function launchServer({
  port,
  env,
  mode = 'start',
  host = '127.0.0.1',
}: ServerOptions = {}): Promise<Server> {
  const chosen = port ?? (await freePort())
  const address = mode === 'standalone' ? [] : ['-p', `${chosen}`, '-H', host]
  // In memory only, unless a test says where: no server shall find the history of another.
  const defaults = { DEMO_ROUTES: '1', DATA_DIR: '', NEXT_TELEMETRY_DISABLED: '1' }
  const variables = { PORT: `${chosen}`, HOSTNAME: host, ...defaults, ...env }
  const program = startProgram(process.execPath, [...COMMANDS[mode], ...address], variables)
  return { ...program, url: `http://127.0.0.1:${chosen}`, port: chosen }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    return response.ok || response.status === 401
  } catch {
    return false
  }
}
