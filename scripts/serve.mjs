// From a fresh clone to a running server: what `npm start`, `npm run dev` and `npm run demo` have in common.
import { readAddress, requireFree, urlOf, waitUntilMeasuring } from './address.mjs'
import { ensureBuild } from './ensure-build.mjs'
import { ensureClient } from './ensure-client.mjs'
import { ensurePackages } from './packages.mjs'
import { programOf, run } from './run.mjs'

/** @import { Given, Option } from './command-line.mjs' */

/** Ours, with Next's names. @type {Record<string, Option>} */
const ADDRESS = {
  port: { short: 'p', value: '<port>', help: 'The port to listen on, 0 to 65535. Default: PORT, else 3000.' },
  hostname: {
    short: 'H',
    value: '<address>',
    help: 'The address to listen on. Default: 127.0.0.1, this machine only. 0.0.0.0 opens the server to the network: then set HEARTH_TOKEN too.',
  },
}

/** What both commands of Next have. @type {Record<string, Option>} */
const BOTH = {
  inspect: { value: '[[host:]port]', help: 'Open a port for a debugger.' },
  'experimental-next-config-strip-types': { help: 'Let Node read a next.config.ts.' },
  'experimental-cpu-prof': { help: 'Save a CPU profile to .next-profiles/ at the end.' },
}

/** What `next start` takes. */
export const START_OPTIONS = {
  ...ADDRESS,
  keepAliveTimeout: {
    value: '<ms>',
    pattern: /^\d+$/,
    help: 'Close a connection after this many milliseconds without a request.',
  },
  ...BOTH,
}

/** What `next dev` takes. @type {Record<string, Option>} */
export const DEV_OPTIONS = {
  ...ADDRESS,
  turbopack: { help: 'Bundle with Turbopack, the default.' },
  turbo: { help: 'The same.' },
  webpack: { help: 'Bundle with webpack.' },
  'disable-source-maps': { help: 'Run without source maps.' },
  'no-server-fast-refresh': { help: 'Reload server code as a whole.' },
  'experimental-https': { help: 'Serve HTTPS with a self-signed certificate.' },
  'experimental-https-key': { value: '<path>', help: 'The key for HTTPS.' },
  'experimental-https-cert': { value: '<path>', help: 'The certificate for HTTPS.' },
  'experimental-https-ca': { value: '<path>', help: 'The certificate authority for HTTPS.' },
  'experimental-upload-trace': { value: '<url>', help: 'Send a part of the trace to this URL.' },
  'internal-trace': { value: '[level]', pattern: /^(all|overview)$/, help: 'Trace Turbopack: all or overview.' },
  ...BOTH,
}

/** The variables that most people set. */
export const VARIABLES = {
  PORT: 'the port, where -p is not given; also from .env and .env.local',
  HEARTH_TOKEN: 'a token to log in with; without one only this machine may look (docs/door.md)',
  SCRAPE_INTERVAL: 'how often metrics are collected (1s)',
  RETENTION: 'how much history is kept in memory (1h)',
  DATA_DIR: 'the folder of the history on disk (.hearth); empty: in memory only',
  PROMETHEUS_URL: 'a Prometheus that answers the dashboard instead of this process',
  '...': '.env.example lists every variable with its default',
}

/** With a hostname given, Next says that it can be reached over the network there, also of 127.0.0.1. */
const NETWORK_LINE = /^\W*Network:\s/

/**
 * Installs and builds what is missing, and serves until a signal comes. Throws a Problem.
 * @param {'start' | 'dev'} mode
 * @param {Given['options']} given
 * @param {object} [options]
 * @param {Record<string, string>} [options.env]
 * @param {boolean} [options.hidesErrors] whether the server's error output is shown only if it fails
 * @param {(url: string, stopped: AbortSignal) => Promise<void>} [options.beside] is run while the server measures
 * @returns {Promise<number>} the server's exit code
 */
export async function serve(mode, given, { env = {}, hidesErrors, beside } = {}) {
  const { port: _port, hostname: _hostname, ...others } = given
  const address = readAddress(given, process.env)
  const { host, port } = address
  await requireFree(address)
  await ensurePackages()
  await (mode === 'start' ? ensureBuild() : ensureClient())

  const args = Object.entries(others).map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`))
  const next = [programOf('next'), mode, '-p', `${port}`, '-H', host, ...args]
  const served = run(process.execPath, next, { env: { ...env, PORT: `${port}` }, hidesErrors, leavesOut: NETWORK_LINE })
  if (beside === undefined) return served
  const stopping = new AbortController()
  const besides = waitUntilMeasuring(address, stopping.signal).then(
    () => beside(urlOf(address), stopping.signal),
    () => {}, // The server ended before it did, and has said why.
  )
  const code = await served
  stopping.abort()
  await besides
  return code
}
