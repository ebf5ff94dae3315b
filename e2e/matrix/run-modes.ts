// Starts this app the three ways that Next can run it, each on a free port of the loopback interface.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

export type Mode = 'next start' | 'next dev' | 'standalone'

export type RunningServer = {
  port: number
  /** How many `GET /` were answered while it started: some of them may have come before its instrumentation ran. */
  greetings: number
  /** Sends SIGTERM and gives the exit code. */
  stop(): Promise<number | null>
}

const COMMANDS: Record<Mode, string[]> = {
  'next start': ['node_modules/next/dist/bin/next', 'start'],
  'next dev': ['node_modules/next/dist/bin/next', 'dev'],
  standalone: ['.next/standalone/server.js'],
}

/** Starts the app, built before where the mode needs it, with its demo routes. Throws its output if it doesn't start. */
export async function runMode(mode: Mode): Promise<RunningServer> {
  const port = await freePort()
  const env = { ...process.env, PORT: `${port}`, HOSTNAME: '127.0.0.1', DEMO_ROUTES: '1', NEXT_TELEMETRY_DISABLED: '1' }
  const address = mode === 'standalone' ? [] : ['-p', `${port}`, '-H', '127.0.0.1']
  const server = spawn(process.execPath, [...COMMANDS[mode], ...address], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (output += text))
  const greetings = await greetUntilAnswered(server, port)
  if (greetings === 0) throw new Error(`${mode} did not start:\n${output}`)
  return { port, greetings, stop: () => stop(server) }
}

/** Asks for `/` many times a second from the start, and gives how many answers came. */
async function greetUntilAnswered(server: ChildProcess, port: number): Promise<number> {
  let answers = 0
  const asked: Promise<void>[] = []
  while (answers === 0 && server.exitCode === null) {
    const greeting = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())
    asked.push(greeting.then(() => void answers++).catch(() => {}))
    await setTimeout(20)
  }
  await Promise.all(asked)
  return answers
}

async function stop(server: ChildProcess): Promise<number | null> {
  const exited = once(server, 'exit')
  if (server.exitCode === null) server.kill('SIGTERM')
  else return server.exitCode
  const [code] = await exited
  return code
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}
