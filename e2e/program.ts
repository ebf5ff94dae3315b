// A program that a test has started: what it says is kept, and it never outlives the test.
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 15_000

export type Program = {
  pid: number
  /** All that it has said so far. */
  output(): string
  hasEnded(): boolean
  /** Its exit code, null after a signal, once it has ended. */
  ended: Promise<number | null>
  /** Sends SIGTERM, and SIGKILL if that doesn't end it within 15 s. Gives the exit code, null after a signal. */
  stop(): Promise<number | null>
  /** Ends it and all that it has started at once, as a crash would. */
  kill(): Promise<void>
}

/**
 * Starts `command` with `env` on top of this process's environment (undefined takes a variable away), in the folder `cwd`
 * unless in this one's own.
 */
export function startProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.Dict<string> = {},
  cwd?: string,
): Program {
  // Of a group of its own, so that what it starts itself (as `next dev` does) ends with it.
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
    child.once('error', (error) => {
      output += error.message
      resolve(null)
    })
  })
  let hasEnded = false
  const killGroup = () => signalGroup(child.pid, 'SIGKILL')
  process.once('exit', killGroup)
  const over = ended.then((code) => {
    hasEnded = true
    process.off('exit', killGroup)
    killGroup()
    return code
  })
  return {
    pid: child.pid ?? -1,
    output: () => output,
    hasEnded: () => hasEnded,
    ended: over,
    async stop() {
      child.kill('SIGTERM')
      await Promise.race([over, sleep(PATIENCE_MS, undefined, { ref: false })])
      if (!hasEnded) killGroup()
      return over
    },
    async kill() {
      killGroup()
      await over
    },
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // All of it has ended already.
  }
}
