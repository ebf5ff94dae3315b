// Runs another program in this terminal: its output is ours, our signals are its signals.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** The repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
/** The exit code of what took too long, as `timeout` has it. */
export const PAST_LIMIT = 124
const GRACE_MS = 10_000
const HIDDEN_CHARACTERS = 10_000

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string>} [env] on top of this process's own
 * @property {number} [timeLimitMs] after which it and all that it has started are ended
 * @property {boolean} [shell] whether a shell has to look the program up
 * @property {RegExp} [leavesOut] the first line of its output that matches is not shown
 * @property {boolean} [hidesErrors] whether its error output is shown only if it fails, and then the end of it
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + n where signal n ended it; PAST_LIMIT where it took too long
 */
export function run(program, args, { env = {}, timeLimitMs, shell, hidesErrors, leavesOut } = {}) {
  const isGroup = timeLimitMs !== undefined && process.platform !== 'win32'
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...(leavesOut && colours()), ...env },
    stdio: ['ignore', leavesOut ? 'pipe' : 'inherit', hidesErrors ? 'pipe' : 'inherit'],
    detached: isGroup,
    shell,
  })
  if (leavesOut) child.stdout?.pipe(withoutLine(leavesOut)).pipe(process.stdout, { end: false })
  let hidden = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    hidden = (hidden + text).slice(-HIDDEN_CHARACTERS)
  })
  /** @param {NodeJS.Signals} signal */
  const send = (signal) => {
    if (child.pid === undefined) return
    try {
      process.kill(isGroup ? -child.pid : child.pid, signal)
    } catch {
      // It has ended already.
    }
  }
  const endWithUs = () => send('SIGTERM')
  process.once('exit', endWithUs)
  for (const signal of FORWARDED) process.on(signal, send)
  const orphaned = onOrphaned(endWithUs)
  let isLate = false
  const end = () => {
    isLate = true
    send('SIGTERM')
    setTimeout(send, GRACE_MS, 'SIGKILL').unref()
  }
  const late = timeLimitMs === undefined ? undefined : setTimeout(end, timeLimitMs)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(late)
      clearInterval(orphaned)
      process.off('exit', endWithUs)
      for (const name of FORWARDED) process.off(name, send)
      if (code !== null && code > 0 && code < 128) process.stderr.write(hidden)
      resolve(isLate ? PAST_LIMIT : (code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
    })
  })
}

/** A program whose output goes through us doesn't see the terminal. */
function colours() {
  return process.stdout.isTTY && !process.env.NO_COLOR && !process.env.FORCE_COLOR ? { FORCE_COLOR: '1' } : {}
}

/**
 * Passes text on, without the first line that matches. Up to that line it waits for whole lines.
 * @param {RegExp} pattern is tried on the line without its colours
 * @returns {Transform}
 */
export function withoutLine(pattern) {
  let rest = ''
  let isFound = false
  return new Transform({
    transform(chunk, _encoding, done) {
      if (isFound) return done(null, chunk)
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const isLeftOut = !isFound && pattern.test(stripVTControlCharacters(line))
        if (isLeftOut) isFound = true
        else this.push(`${line}\n`)
      }
      if (isFound) {
        this.push(rest)
        rest = ''
      }
      done()
    },
    flush(done) {
      done(null, rest)
    },
  })
}

/**
 * A signal to npm ends the shell that stands between npm and us, and goes no further: we see that our parent has gone.
 * @param {() => void} stop
 * @returns {NodeJS.Timeout | undefined}
 */
function onOrphaned(stop) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const parent = process.ppid
  return setInterval(() => process.ppid !== parent && stop(), 250).unref()
}

/**
 * The file that Node has to run for the one program of an installed package.
 * @param {string} name such as `next`
 * @returns {string}
 */
export function programOf(name) {
  const folder = join(ROOT, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : Object.values(bin)[0])
}
