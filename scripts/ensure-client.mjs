// The prebuilt client, made only when the sources have changed since the last one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLIENT_FOLDER, CLIENT_MODULE } from './client-module.mjs'
import { Problem, thisCommand } from './problem.mjs'
import { isOlder } from './require-node.mjs'
import { ROOT, run } from './run.mjs'
import { hashSources } from './sources-hash.mjs'

const STAMP = join(CLIENT_FOLDER, 'built-from.txt')
/** Vite's. */
const LEAST_NODE = '20.19'

/** Throws a Problem where it can't be built. On a Node that is too old for that, the app goes without. */
export async function ensureClient() {
  const sources = hashSources(ROOT)
  if (existsSync(CLIENT_MODULE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return
  if (isOlder(process.versions.node, LEAST_NODE)) {
    console.log(`Skipping the prebuilt dashboard for HEARTH_PORT: it needs Node ${LEAST_NODE} or newer to build.`)
    return
  }
  console.log('Building the prebuilt dashboard (vite build) ...')
  const code = await run(process.execPath, [join(ROOT, 'scripts', 'client.mjs')])
  if (code >= 128) process.exit(code)
  if (code !== 0) {
    throw new Problem(`The dashboard could not be built: fix the errors above, then run \`${thisCommand()}\` again.`)
  }
  writeFileSync(STAMP, sources)
}
