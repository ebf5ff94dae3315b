// The production build, made only when the sources have changed since the last one.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureClient } from './ensure-client.mjs'
import { Problem, thisCommand } from './problem.mjs'
import { programOf, ROOT, run } from './run.mjs'
import { hashSources } from './sources-hash.mjs'

const BUILD = join(ROOT, '.next')
const STANDALONE = join(BUILD, 'standalone')
const STAMP = join(BUILD, 'built-from.json')

/**
 * @param {object} [options]
 * @param {boolean} [options.standalone] whether `.next/standalone/server.js` is wanted too
 */
export async function ensureBuild({ standalone = false } = {}) {
  const sources = hashSources(ROOT)
  if (isUpToDate(sources, standalone)) return console.log('The build is up to date.')
  await ensureClient()
  console.log('Building the app (next build) ...')
  rmSync(STAMP, { force: true })
  forgetRouteTypes()
  const code = await run(process.execPath, [programOf('next'), 'build'], { env: { STANDALONE: standalone ? '1' : '' } })
  if (code >= 128) process.exit(code)
  if (code !== 0) throw new Problem(`The build failed: fix the errors above, then run \`${thisCommand()}\` again.`)
  if (standalone) completeStandalone()
  writeFileSync(STAMP, JSON.stringify({ sources, standalone }))
}

/**
 * @param {string} sources
 * @param {boolean} standalone
 */
function isUpToDate(sources, standalone) {
  if (!existsSync(STAMP) || !existsSync(join(BUILD, 'BUILD_ID'))) return false
  const built = JSON.parse(readFileSync(STAMP, 'utf8'))
  return built.sources === sources && (built.standalone || !standalone)
}

/** `next dev` leaves types of the routes that there were; those of a route that is gone would fail every type check. */
export function forgetRouteTypes() {
  for (const folder of ['types', join('dev', 'types')]) rmSync(join(BUILD, folder), { recursive: true, force: true })
}

/** Next leaves it to whoever deploys the standalone server to put its static files beside it. */
function completeStandalone() {
  cpSync(join(BUILD, 'static'), join(STANDALONE, '.next', 'static'), { recursive: true })
  if (existsSync(join(ROOT, 'public'))) cpSync(join(ROOT, 'public'), join(STANDALONE, 'public'), { recursive: true })
}
