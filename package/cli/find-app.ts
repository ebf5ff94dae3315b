// The Next app that a command is for, found from the current folder: where its files are, which Next it has, and with what
// its packages are installed.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Agent } from 'package-manager-detector'
import { detect, getUserAgent } from 'package-manager-detector/detect'
import { globSync } from 'tinyglobby'
import { Problem } from './problem'

/** The oldest Next with an instrumentation file that we know. */
const OLDEST_NEXT = 14
/** What is taken for a Next whose version can't be told: one that needs no flag. */
const NEWEST_NEXT = 16
/** How many folders below a workspace's root apps are looked for, and how many are named. */
const APP_DEPTH = 4
const APPS_NAMED = 10

const CONFIG_FILES = ['next.config.js', 'next.config.mjs', 'next.config.ts', 'next.config.mts', 'next.config.cjs']

/** All paths are absolute. */
export type App = {
  folder: string
  /** Where `app` or `pages` is, which is where Next looks for instrumentation: the folder itself, or its `src`. */
  sources: string
  routers: ('App Router' | 'Pages Router')[]
  packageJson: string
  nextConfig: string | undefined
  /** The one that holds for the app: its own, or the nearest above within the repository. undefined without git. */
  gitignore: string | undefined
  next: { major: number; version: string }
  isTypeScript: boolean
  agent: Agent
  /** Whether the package is there to be imported. Always true with Yarn's PnP, which can't be asked. */
  isInstalled: (name: string) => boolean
}

/**
 * @param from the current folder
 * @throws Problem where there is no app, or one that is too old, in words on what to do
 */
export async function findApp(from: string): Promise<App> {
  const folder = nearest(from, (one) => existsSync(join(one, 'package.json')) || configIn(one) !== undefined)
  const home = folder && nearest(folder, (one) => existsSync(join(one, 'package.json')))
  if (!folder || !home) {
    throw new Problem(`There is no package.json in ${from}, nor above it. Run this in the folder of your Next app.`)
  }
  const packageJson = join(home, 'package.json')
  const manifest = readManifest(packageJson)
  const sources = [folder, join(folder, 'src')].find(
    (one) => isFolder(join(one, 'app')) || isFolder(join(one, 'pages')),
  )
  const range = manifest.dependencies.next
  if (range === undefined || !sources) throw noApp(folder, manifest, range)
  const detected = await detect({ cwd: folder })
  return {
    folder,
    sources,
    routers: [
      ...(isFolder(join(sources, 'app')) ? ['App Router' as const] : []),
      ...(isFolder(join(sources, 'pages')) ? ['Pages Router' as const] : []),
    ],
    packageJson,
    nextConfig: configIn(folder),
    gitignore: gitignoreFor(folder),
    next: nextVersion(folder, range),
    isTypeScript: existsSync(join(folder, 'tsconfig.json')),
    agent: detected?.agent ?? getUserAgent() ?? 'npm',
    isInstalled: (name) => installed(folder, name) !== undefined || nearest(folder, hasPnp) !== undefined,
  }
}

type Manifest = { dependencies: Record<string, string>; isWorkspaceRoot: boolean }

/** @throws Problem where the file can't be read, or is no object of JSON */
function readManifest(path: string): Manifest {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Problem(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isRecord(parsed)) throw new Problem(`${path} holds no object.`)
  const dependencies: Record<string, string> = {}
  for (const kind of [parsed.devDependencies, parsed.dependencies]) {
    if (!isRecord(kind)) continue
    for (const [name, range] of Object.entries(kind)) if (typeof range === 'string') dependencies[name] = range
  }
  const isWorkspaceRoot = 'workspaces' in parsed || existsSync(join(dirname(path), 'pnpm-workspace.yaml'))
  return { dependencies, isWorkspaceRoot }
}

/** In words, why a folder is no app; the apps below it are named. */
function noApp(folder: string, { isWorkspaceRoot }: Manifest, range: string | undefined): Problem {
  const apps = appsBelow(folder)
  const [first] = apps
  const why = isWorkspaceRoot
    ? `${folder} is the root of a workspace, and no Next app itself.`
    : range === undefined
      ? `There is no next among the dependencies of ${join(folder, 'package.json')}.`
      : `There is neither an app nor a pages folder in ${folder}, nor in its src.`
  if (!first) return new Problem(`${why} Run this in the folder of your Next app.`)
  return new Problem(
    [`${why} Found below it:`, ...apps.map((app) => `  ${app}`), `For example: cd ${first}`].join('\n'),
  )
}

function appsBelow(folder: string): string[] {
  const found = globSync(['**/package.json', '**/next.config.{js,mjs,ts,mts,cjs}'], {
    cwd: folder,
    deep: APP_DEPTH,
    ignore: ['**/node_modules/**', '**/.next/**', '**/dist/**'],
  })
  const folders = [...new Set(found.map((file) => dirname(file)))].filter((one) => one !== '.').sort()
  return folders.filter((one) => configIn(join(folder, one)) || dependsOnNext(join(folder, one))).slice(0, APPS_NAMED)
}

function dependsOnNext(folder: string): boolean {
  try {
    const { dependencies } = readManifest(join(folder, 'package.json'))
    return (
      'next' in dependencies &&
      [folder, join(folder, 'src')].some((one) => isFolder(join(one, 'app')) || isFolder(join(one, 'pages')))
    )
  } catch {
    return false
  }
}

/** What is installed counts; else the number in the range. `latest`, `catalog:` and their like are taken for new. */
function nextVersion(folder: string, range: string): App['next'] {
  const file = installed(folder, 'next')
  const version = (file && versionIn(file)) ?? range
  const major = Number(/\d+/.exec(version)?.[0] ?? NEWEST_NEXT)
  if (major < OLDEST_NEXT) {
    throw new Problem(
      `This app has Next ${version}. Next ${OLDEST_NEXT} or newer is needed: it has no start hook before.`,
    )
  }
  return { major, version: /\d/.test(version) ? version : `${version} (taken for ${NEWEST_NEXT})` }
}

function versionIn(file: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRecord(parsed) && typeof parsed.version === 'string' ? parsed.version : undefined
  } catch {
    return undefined
  }
}

/** The package.json of an installed package. */
function installed(folder: string, name: string): string | undefined {
  const file = join('node_modules', name, 'package.json')
  const holder = nearest(folder, (one) => existsSync(join(one, file)))
  return holder && join(holder, file)
}

function hasPnp(folder: string): boolean {
  return existsSync(join(folder, '.pnp.cjs'))
}

function configIn(folder: string): string | undefined {
  return CONFIG_FILES.map((name) => join(folder, name)).find((file) => existsSync(file))
}

function gitignoreFor(folder: string): string | undefined {
  const root = nearest(folder, (one) => existsSync(join(one, '.git')))
  if (!root) return undefined
  const holder = nearest(folder, (one) => existsSync(join(one, '.gitignore')) || one === root)
  return join(holder && existsSync(join(holder, '.gitignore')) ? holder : folder, '.gitignore')
}

function nearest(from: string, is: (folder: string) => boolean): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (is(folder)) return folder
    if (folder === dirname(folder)) return undefined
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
