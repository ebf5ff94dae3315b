// An app in a folder outside of this repository, so that nothing of ours is found from there but what it installs.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { startProgram } from '../program'
import type { Command, Host, Wiring } from './host'

/** The last characters of what a command has said that an error repeats. */
const LONGEST_OUTPUT = 6_000
const PLACE = /^\/\/ hearth$\n/m

/** The packages come from npm's cache where it has them; nothing is asked or told. */
const QUIET = {
  npm_config_prefer_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  NEXT_TELEMETRY_DISABLED: '1',
  CI: '1',
}

export type App = {
  folder: string
  /** The variables of all that is run for it. */
  env: Readonly<Record<string, string>>
  /** What it runs from, and with: the folder itself, unless it is standalone. */
  place(): string
  /** Gives the seconds that it took; throws what it has said unless it ends well. */
  run(command: Command): Promise<number>
  /** Adds files of the app's author. */
  write(files: Readonly<Record<string, string>>): void
  /** Does what the document says: writes new files, and puts lines where the app's own has `// hearth`. */
  wire(wiring: Wiring): void
  /** Each file for browsers with its bytes, without what differs with every build or grows with each route of an app. */
  clientFiles(): string[]
  /** The files for browsers in which the word is found. */
  clientFilesWith(word: RegExp): string[]
  remove(): void
}

/**
 * Makes the app in `make`'s way, with its author's files. Gives also the seconds that this took. With the Node in the folder
 * `nodePath`, where that is given.
 */
export async function makeApp(host: Host, nodePath?: string): Promise<{ app: App; seconds: number }> {
  const around = mkdtempSync(join(tmpdir(), 'host-'))
  const [folder, standalone] = [join(around, 'shop'), join(around, 'standalone')]
  mkdirSync(folder)
  const env = nodePath === undefined ? QUIET : { ...QUIET, PATH: `${nodePath}${delimiter}${process.env.PATH ?? ''}` }
  const clientFolder = host.clientFiles === undefined ? '' : join(folder, host.clientFiles)
  const app: App = {
    folder,
    env,
    place: () => (host.isStandalone ? takeStandalone(folder, standalone) : folder),
    async run([program, ...args]) {
      const startMs = performance.now()
      const running = startProgram(program, args, env, folder)
      const code = await running.ended
      if (code !== 0) {
        const said = running.output().slice(-LONGEST_OUTPUT)
        throw new Error(`${host.name}: "${[program, ...args].join(' ')}" has ended with ${code}. It said:\n${said}`)
      }
      return (performance.now() - startMs) / 1000
    },
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
    },
    wire(wiring) {
      for (const [path, added] of Object.entries(wiring)) {
        app.write({
          [path]: typeof added === 'string' ? added : filled(readFileSync(join(folder, path), 'utf8'), added),
        })
      }
    },
    clientFiles: () =>
      filesBelow(clientFolder)
        .map((name) => `${name.replace(CHANGING, '*')}: ${sizeOf(join(clientFolder, name))} bytes`)
        .sort(),
    clientFilesWith: (word) =>
      filesBelow(clientFolder).filter((name) => word.test(readFileSync(join(clientFolder, name), 'utf8'))),
    remove() {
      rmSync(around, { recursive: true, force: true })
    },
  }
  try {
    let seconds = 0
    for (const command of host.make) seconds += await app.run(command)
    app.write(host.files)
    return { app, seconds }
  } catch (error) {
    app.remove()
    throw error
  }
}

/** Throws unless there are as many places as there is to add. */
function filled(file: string, added: readonly string[]): string {
  const parts = file.split(PLACE)
  if (parts.length !== added.length + 1) {
    throw new Error(`expected ${added.length} lines with // hearth, got ${parts.length - 1} in:\n${file}`)
  }
  return parts.map((part, i) => part + (added[i] ?? '')).join('')
}

/** Next leaves it to whoever deploys the standalone server to put its static files beside it. */
function takeStandalone(from: string, to: string): string {
  rmSync(to, { recursive: true, force: true })
  cpSync(join(from, '.next', 'standalone'), to, { recursive: true })
  cpSync(join(from, '.next', 'static'), join(to, '.next', 'static'), { recursive: true })
  if (existsSync(join(from, 'public'))) cpSync(join(from, 'public'), join(to, 'public'), { recursive: true })
  return to
}

/** With webpack, Next writes an empty module for each file of a route, and two files for the Pages Router know of all routes. */
const GROWS_WITH_ROUTES = /(?:^|\/)(?:(?:route|main)-[0-9a-f]+|_buildManifest)\.js$/

/**
 * The ids at the head of webpack's chunk. In Next 15 and 16 it has those of all chunks that are alike: for each page or route
 * without code for browsers there is one.
 */
const IDS_OF_CHUNK = /(?<=\.push\(\[\[)[\d,]+/

/** The hashes of contents, and the id of the build. */
const CHANGING = /[0-9a-f]{12,}|^[\w-]{21}(?=\/)/g

/** In bytes, without what grows with each route. */
function sizeOf(file: string): number {
  return readFileSync(file, 'latin1').replace(IDS_OF_CHUNK, '').length
}

function filesBelow(folder: string): string[] {
  if (folder === '') return []
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => !GROWS_WITH_ROUTES.test(name) && statSync(join(folder, name)).isFile())
}
