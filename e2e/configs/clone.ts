// A clone of this repository in a folder of its own, with another configuration of Next, and built.
import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { ensureClient } from '../../scripts/ensure-client.mjs'
import { startProgram } from '../program'
import type { Configuration } from './configuration'

/** What is no part of a clone, or is linked. */
const APART = /^(?:\.git|\.hearth|\.next|dist|node_modules|test-results|\.cache\/(?!client(?:\/|$))[^/]+)(?:\/|$)/
const LONGEST_OUTPUT = 6_000
const QUIET = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: '1' }
const NEXT = 'node_modules/next/dist/bin/next'

export type Clone = {
  /** Empty but for the clone and what it runs from. */
  around: string
  /** What it runs from: the clone itself, or what is left of it as a standalone server. */
  folder: string
  /** The files for browsers, of which Next's URLs are `/_next/static/...`. */
  staticFiles: string
  /** What starts the server, in that folder. */
  start: readonly string[]
  remove(): void
}

/** Throws what the build has said unless it ends well. `assets` is the origin that the configuration calls ASSETS. */
export async function makeClone(configuration: Configuration, assets: string): Promise<Clone> {
  const around = mkdtempSync(join(tmpdir(), 'config-'))
  const folder = join(around, 'clone')
  const remove = () => rmSync(around, { recursive: true, force: true })
  try {
    const root = process.cwd()
    await ensureClient()
    cpSync(root, folder, {
      recursive: true,
      filter: (path) => !APART.test(relative(root, path).replaceAll(sep, '/')),
    })
    linkFiles(join(root, 'node_modules'), join(folder, 'node_modules'))
    renameSync(join(folder, 'next.config.js'), join(folder, 'own.config.js'))
    const config = configuration.config.replace('ASSETS', JSON.stringify(assets))
    const text = `import own from './own.config.js'\n\nexport default { ...own, ${config} }\n`
    for (const [path, content] of Object.entries({ 'next.config.js': text, ...configuration.files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    await build(configuration, folder)
    if (!configuration.isStandalone) {
      const staticFiles = join(folder, '.next', 'static')
      return { around, folder, staticFiles, start: [NEXT, 'start', '-H', '127.0.0.1'], remove }
    }
    return { around, remove, start: ['server.js'], ...takeStandalone(folder, join(around, 'standalone')) }
  } catch (error) {
    remove()
    throw error
  }
}

async function build({ name, buildOptions = [] }: Configuration, folder: string): Promise<void> {
  const building = startProgram(process.execPath, [NEXT, 'build', ...buildOptions], QUIET, folder)
  const code = await building.ended
  if (code !== 0)
    throw new Error(`${name}: the build ended with ${code}. It said:\n${building.output().slice(-LONGEST_OUTPUT)}`)
}

/** Takes what whoever deploys it takes, and leaves nothing where it was built. */
function takeStandalone(from: string, folder: string): Pick<Clone, 'folder' | 'staticFiles'> {
  const staticFiles = join(folder, '.next', 'static')
  cpSync(join(from, '.next', 'standalone'), folder, { recursive: true, verbatimSymlinks: true })
  cpSync(join(from, '.next', 'static'), staticFiles, { recursive: true })
  rmSync(from, { recursive: true, force: true })
  return { folder, staticFiles }
}

/** Turbopack follows no link that leads out of a project, so that each file is linked for itself. */
function linkFiles(from: string, to: string): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkFiles(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkOrCopy(source, target)
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    // It lies on another file system.
    copyFileSync(source, target)
  }
}
