// The files of an app that a plan is about, read and written.
import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { globSync } from 'tinyglobby'
import type { App } from './find-app'
import type { AppFile, AppFiles, Change } from './plan'
import { Problem } from './problem'
import type { Style } from './source-code'
import { DEFAULT_STYLE, styleOf } from './source-code'
import { pageExtensions } from './wire-next-config'

/** The extensions of Next's `pageExtensions`, in the order in which it looks. */
const EXTENSIONS = ['tsx', 'ts', 'jsx', 'js']
/** What may import a package, and where such files are none of the author's. */
const SOURCES = 'js,jsx,ts,tsx,mjs,cjs,mts,cts,mdx'
const NOT_SOURCES = ['**/node_modules/**', '**/.next/**', '**/dist/**', '**/out/**', '**/.git/**']
/** What is larger, in bytes, nobody has written by hand. */
const LARGEST_SOURCE = 1_000_000

/** How a module of the app may be named without its ending. */
const MODULE_ENDINGS = ['', ...EXTENSIONS.map((one) => `.${one}`), ...EXTENSIONS.map((one) => `/index.${one}`)]

/**
 * @param from the current folder, from which paths are shown
 * @throws Problem for a file that is no UTF-8
 */
export function readAppFiles(app: App, from: string): AppFiles {
  const nextConfig = fileAt(app.nextConfig ?? join(app.folder, 'next.config.mjs'), from)
  const packageJson = fileAt(app.packageJson, from)
  return {
    packageJson: { path: packageJson.path, text: packageJson.text ?? '{}' },
    instrumentation: fileAt(instrumentationIn(app.sources, extensionsOf(nextConfig), app.isTypeScript), from),
    nextConfig,
    gitignore: app.gitignore === undefined ? undefined : fileAt(app.gitignore, from),
    style: authorsStyle(app, nextConfig),
    needsFlag: app.next.major === 14,
    readModule: (source, importer) => {
      if (!source.startsWith('.')) return undefined
      const path = resolve(from, dirname(importer), source)
      const found = MODULE_ENDINGS.map((ending) => path + ending).find(isFile)
      return found === undefined ? undefined : { path: found, text: readText(found) }
    },
  }
}

/** @returns an instrumentation file that Next doesn't read, as it lies beside the wrong folder */
export function misplacedInstrumentation(app: App, from: string): string | undefined {
  const wrong = app.sources === app.folder ? join(app.folder, 'src') : app.folder
  const found = EXTENSIONS.map((one) => join(wrong, `instrumentation.${one}`)).find((path) => existsSync(path))
  return found && relative(from, found)
}

/**
 * @param changes what is about to be written
 * @returns the app's other files that name the package: sources that import it, and scripts that load it
 */
export function filesThatStillUse(name: string, app: App, changes: readonly Change[], from: string): string[] {
  const use = new RegExp(`['"\\s]${name}(?:/[\\w-]+)?(?:['"\\s]|$)`)
  const changed = new Map(changes.map(({ path, after }) => [resolve(from, path), after]))
  const sources = globSync([`**/*.{${SOURCES}}`], { cwd: app.folder, absolute: true, ignore: NOT_SOURCES, dot: true })
  return [...new Set([app.packageJson, ...sources].map((path) => resolve(path)))].sort().flatMap((path) => {
    if (!changed.has(path) && statSync(path).size > LARGEST_SOURCE) return []
    const text = changed.has(path) ? changed.get(path) : readFileSync(path, 'utf8')
    return text !== undefined && use.test(text) ? [relative(from, path)] : []
  })
}

/**
 * Writes and deletes.
 * @throws Problem where a file has changed since it was read, before anything is written; or where it can't be written
 */
export function applyChanges(changes: readonly Change[], from: string): void {
  for (const { path, before } of changes) {
    const file = resolve(from, path)
    if ((isFile(file) ? readText(file) : undefined) !== before) {
      throw new Problem(`${path} has changed in the meantime. Nothing was written: run this command again.`)
    }
  }
  const written: string[] = []
  for (const { path, after } of changes) {
    try {
      if (after === undefined) rmSync(resolve(from, path))
      else writeFileSync(resolve(from, path), after)
      written.push(path)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Problem(`${path} can't be written: ${reason}. Written before it: ${written.join(', ') || 'nothing'}.`)
    }
  }
}

function instrumentationIn(folder: string, extensions: string[], isTypeScript: boolean): string {
  const paths = extensions.map((one) => join(folder, `instrumentation.${one}`))
  const wanted = isTypeScript ? /(^|\.)ts$/ : /(^|\.)js$/
  const fresh = extensions.find((one) => wanted.test(one)) ?? extensions.find((one) => /(^|\.)[jt]s$/.test(one))
  return paths.find(isFile) ?? join(folder, `instrumentation.${fresh ?? extensions[0] ?? 'js'}`)
}

function extensionsOf({ path, text }: AppFile): string[] {
  return orElse(() => (text === undefined ? undefined : pageExtensions(text, path)), undefined) ?? EXTENSIONS
}

/** As in the root layout, the app or the configuration, whichever is there first. */
function authorsStyle({ sources }: App, nextConfig: AppFile): Style {
  const names = ['app/layout', 'pages/_app', 'pages/index', 'app/page']
  const paths = names.flatMap((name) => EXTENSIONS.map((one) => join(sources, `${name}.${one}`)))
  const found = paths.find(isFile)
  const { path, text } = found === undefined ? nextConfig : { path: found, text: readText(found) }
  return orElse(() => (text === undefined ? DEFAULT_STYLE : styleOf(text, path)), DEFAULT_STYLE)
}

/** What can't be parsed has no say here; it is told where it is changed. */
function orElse<T>(get: () => T, otherwise: T): T {
  try {
    return get()
  } catch {
    return otherwise
  }
}

function fileAt(path: string, from: string): AppFile {
  return { path: relative(from, path), text: isFile(path) ? readText(path) : undefined }
}

function readText(path: string): string {
  const bytes = readFileSync(path)
  if (!isUtf8(bytes)) throw new Problem(`${path} is no UTF-8. Save it as UTF-8, and run this command again.`)
  return bytes.toString('utf8')
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
