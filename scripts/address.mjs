// Where the server listens: from the arguments, the environment and the .env files.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Problem, thisCommand } from './problem.mjs'
import { ROOT } from './run.mjs'

/** @typedef {{ host: string, port: number }} Address */

/** The page shows errors without a login: who wants it seen from elsewhere says so, with -H 0.0.0.0. */
const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = '3000'

/**
 * `-p` and `-H` as Next takes them, else PORT. Throws a Problem.
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Address & { otherArgs: string[] }}
 */
export function readAddress(args, env) {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: { port: { type: 'string', short: 'p' }, hostname: { type: 'string', short: 'H' } },
    strict: false,
    tokens: true,
  })
  const own = tokens.filter((token) => token.kind === 'option' && ['port', 'hostname'].includes(token.name))
  const taken = own.flatMap((token) =>
    'inlineValue' in token && !token.inlineValue ? [token.index, token.index + 1] : [token.index],
  )
  const port = String(values.port ?? (env.PORT || portFromFiles() || DEFAULT_PORT))
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Problem(`The port must be a number from 0 to 65535, and this is "${port}".`)
  }
  const host = String(values.hostname ?? DEFAULT_HOST)
  return { host, port: Number(port), otherArgs: args.filter((_, index) => !taken.includes(index)) }
}

/** Next reads the .env files too late for its own port. */
function portFromFiles() {
  const files = ['.env.local', '.env'].map((name) => join(ROOT, name)).filter((file) => existsSync(file))
  return files.map((file) => /^PORT=["']?(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1]).find(Boolean)
}

/** Throws a Problem where no server can listen. @param {Address} address */
export async function requireFree({ host, port }) {
  const code = await new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
  const other = `\`${thisCommand()} -- -p ${port === 65_535 ? port - 1 : port + 1}\``
  if (code === 'EADDRINUSE') {
    throw new Problem(`Port ${port} is in use: stop the program that has it, or take another port with ${other}.`)
  }
  if (code === 'EACCES')
    throw new Problem(`Port ${port} needs more rights: take another with \`${thisCommand()} -- -p 3000\`.`)
  if (code !== undefined)
    throw new Problem(`Can't listen on ${host}, port ${port} (${code}): give an address of this machine with -H.`)
}

/**
 * Resolves when the server there measures its requests, which is a little after it listens; rejects when `signal` is
 * aborted.
 * @param {Address} address
 * @param {AbortSignal} signal
 */
export async function waitUntilMeasuring(address, signal) {
  while (!(await isMeasuring(urlOf(address), signal))) await sleep(100, undefined, { signal })
}

/**
 * @param {Address} address
 * @returns {string} its URL for a client on this machine
 */
export function urlOf({ host, port }) {
  const name = fromHere(host)
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/**
 * @param {string} host
 * @returns {string} the host itself, unless it stands for every address of the machine
 */
function fromHere(host) {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function isMeasuring(url, signal) {
  const response = await fetch(`${url}/metrics`, { method: 'HEAD', signal }).catch(() => undefined)
  return response?.headers.has('X-Process-Time') === true
}
