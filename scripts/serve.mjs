// From a fresh clone to a running server: what `npm start`, `npm run dev` and `npm run demo` have in common.
import { readAddress, requireFree, urlOf, waitUntilListening } from './address.mjs'
import { ensureBuild } from './ensure-build.mjs'
import { ensurePackages } from './packages.mjs'
import { programOf, run } from './run.mjs'

/**
 * Installs and builds what is missing, and serves until a signal comes. Throws a Problem.
 * @param {'start' | 'dev'} mode
 * @param {readonly string[]} args as Next takes them
 * @param {object} [options]
 * @param {Record<string, string>} [options.env]
 * @param {(url: string, stopped: AbortSignal) => void} [options.onListening] is told the server's address
 * @returns {Promise<number>} the server's exit code
 */
export async function serve(mode, args, { env = {}, onListening } = {}) {
  const { otherArgs, ...address } = readAddress(args, process.env)
  const { host, port } = address
  await requireFree(address)
  await ensurePackages()
  if (mode === 'start') await ensureBuild()

  const next = [programOf('next'), mode, '-p', String(port), '-H', host, ...otherArgs]
  const ended = run(process.execPath, next, { env: { ...env, PORT: String(port) } })
  const stopping = new AbortController()
  waitUntilListening(address, stopping.signal).then(
    () => {
      console.log(`\nHearth is at ${urlOf(address)}/dashboard (Ctrl+C stops it).\n`)
      onListening?.(urlOf(address), stopping.signal)
    },
    () => {}, // The server ended before it listened, and has said why.
  )
  try {
    return await ended
  } finally {
    stopping.abort()
  }
}
