// From a fresh clone to a running server: what `npm start`, `npm run dev` and `npm run demo` have in common.
import { readAddress, requireFree, urlOf, waitUntilMeasuring } from './address.mjs'
import { ensureBuild } from './ensure-build.mjs'
import { ensureClient } from './ensure-client.mjs'
import { ensurePackages } from './packages.mjs'
import { programOf, run } from './run.mjs'

/**
 * Installs and builds what is missing, and serves until a signal comes. Throws a Problem.
 * @param {'start' | 'dev'} mode
 * @param {readonly string[]} args as Next takes them
 * @param {object} [options]
 * @param {Record<string, string>} [options.env]
 * @param {boolean} [options.hidesErrors] whether the server's error output is shown only if it fails
 * @param {(url: string, stopped: AbortSignal) => Promise<void>} [options.beside] is run while the server measures
 * @returns {Promise<number>} the server's exit code
 */
export async function serve(mode, args, { env = {}, hidesErrors, beside } = {}) {
  const { otherArgs, ...address } = readAddress(args, process.env)
  const { host, port } = address
  await requireFree(address)
  await ensurePackages()
  await (mode === 'start' ? ensureBuild() : ensureClient())

  const next = [programOf('next'), mode, '-p', `${port}`, '-H', host, ...otherArgs]
  const served = run(process.execPath, next, { env: { ...env, PORT: `${port}` }, hidesErrors })
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
