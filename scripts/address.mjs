// Where the server listens: from the arguments, the environment and the .env files.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem, thisCommand } from './problem.mjs'
import { ROOT } from './run.mjs'

/** @typedef {{ host: string, port: number }} Address */

/** The page shows errors without a login, so only this machine may ask unless -H says otherwise. */
const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = '3000'

/**
 * The options of the command line, else PORT. Throws a Problem.
 * @param {{ port?: string | true, hostname?: string | true }} options
 * @param {Record<string, string | undefined>} env
 * @returns {Address}
 */
export function readAddress(options, env) {
  const port = String(options.port ?? (env.PORT || portFromFiles() || DEFAULT_PORT))
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Problem(`Expected a port from 0 to 65535, got "${port}".`)
  }
  return { host: String(options.hostname ?? DEFAULT_HOST), port: Number(port) }
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
    throw new Problem(`Port ${port} is in use: stop the program that uses it, or choose another port with ${other}.`)
  }
  if (code === 'EACCES')
    throw new Problem(`Port ${port} needs more permissions: choose another port with \`${thisCommand()} -- -p 3000\`.`)
  if (code !== undefined)
    throw new Problem(`Cannot listen on ${host}, port ${port} (${code}): -H expects an address of this machine.`)
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
