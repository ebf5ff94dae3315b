// What the npm package is called, where it is built, and by which entries it is imported.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

export const NAME = 'hearth-metrics'

/** @type {{ version: string, license: string, engines: { node: string }, dependencies: Record<string, string> }} */
export const REPOSITORY = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

/** Where the package is put together, and its tarball beside it. */
export const DIST = join(ROOT, 'dist')
export const PACKAGE = join(DIST, NAME)

export const SOURCES = join(ROOT, 'package')

/** What is imported as `hearth-metrics/<key>`, and the file of package/ that it is. */
const OFFERED = {
  '.': 'index',
  './metrics': 'metrics',
  './next': 'next',
  './pages': 'pages',
  './node': 'node',
  './register': 'register',
}

/** The twin of all entries for the Edge runtime and for browsers. */
export const TWIN = 'edge'

/** The command. */
export const COMMAND = 'cli'

/** @type {[subpath: string, name: string][]} those whose source is there */
export const ENTRIES = Object.entries(OFFERED).filter(([, name]) => existsSync(join(SOURCES, `${name}.ts`)))

/**
 * Those that are CommonJS. The Pages Router loads packages from outside of its bundles: for a module of ES, Turbopack would add
 * what waits for it to the runtime that it gives to browsers, 1.2 kB.
 */
export const COMMONJS = ['pages']

/** The path of the command's source; undefined where there is none. */
export const COMMAND_SOURCE = [join(SOURCES, 'cli', 'index.ts')].find((path) => existsSync(path))
