// The dashboard as files for a browser that any server can hand out: built by Vite, compressed, and kept as one module of
// JavaScript, so that it goes wherever a bundler takes the server's code.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'
import { bundle } from './bundle.mjs'
import { CLIENT_FOLDER, CLIENT_MODULE } from './client-module.mjs'
import { ROOT } from './run.mjs'

/** Those that know light-dark(), which the design's tokens are written with. */
const BROWSERS = ['chrome123', 'edge123', 'firefox120', 'safari17.5']

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** What is sent in as few bytes as there can be; the others are compressed already. */
const COMPRESSED = new Set(['.css', '.js', '.svg'])

/** As server/web/client-assets.ts names them. */
const PAGES = ['overview', 'explore', 'metrics', 'boards', 'errors']

/**
 * Writes the module.
 * @returns {Promise<{ files: { name: string, bytes: number, sentBytes: number }[], moduleBytes: number, sources: string[] }>}
 *   the files, with how many bytes are sent of each; and all that went into them, as paths
 */
export async function buildClient() {
  const output = await bundleClient()
  const files = output.map((part) => pack(part.fileName, part.type === 'chunk' ? part.code : part.source))
  const page = {
    scripts: Object.fromEntries(PAGES.map((page) => [page, scriptsOf(output, page)])),
    style: oneOf(files, /\.css$/),
    theme: oneOf(files, /^theme-.*\.js$/),
    // The others are named by the script.
    icon: oneOf(files, /^icon-[0-9a-f]{12}\.svg$/),
    fonts: files.map(({ name }) => name).filter((name) => name.endsWith('.woff2')),
  }
  const entries = files.map(({ name, type, encoding, packed }) => {
    return [name, { type, encoding, base64: packed.toString('base64') }]
  })
  const code = `export const clientAssets = ${JSON.stringify({ page, files: Object.fromEntries(entries) })}\n`
  mkdirSync(CLIENT_FOLDER, { recursive: true })
  writeFileSync(CLIENT_MODULE, code)
  return {
    files: files.map(({ name, bytes, packed }) => ({ name, bytes, sentBytes: packed.length })),
    moduleBytes: code.length,
    sources: output
      .flatMap((part) => (part.type === 'chunk' ? part.moduleIds : part.originalFileNames))
      .map((path) => resolve(ROOT, path)),
  }
}

async function bundleClient() {
  const { THEME_SCRIPT } = await import(pathToFileURL(await bundle(join(ROOT, 'app', 'theme-script.ts'))).href)
  const icon = readFileSync(join(ROOT, 'app', 'icon.svg'))
  const result = await build({
    configFile: false,
    root: ROOT,
    // The stylesheet finds its fonts beside itself, wherever that is.
    base: './',
    publicDir: false,
    logLevel: 'warn',
    resolve: { tsconfigPaths: true },
    plugins: [
      {
        name: 'beside-the-script',
        buildStart() {
          // A classic script, so that it runs before anything is painted.
          this.emitFile({ type: 'asset', name: 'theme.js', source: THEME_SCRIPT })
          this.emitFile({ type: 'asset', name: 'icon.svg', source: icon })
        },
      },
    ],
    build: {
      write: false,
      target: BROWSERS,
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
        // 'use client' says something to Next only.
        checks: { moduleLevelDirective: false },
        input: PAGES.map((page) => join(ROOT, 'package', 'client', `${page}.tsx`)),
        output: {
          entryFileNames: '[name]-[hash:12].js',
          // What the pages have in common.
          chunkFileNames: '[name]-[hash:12].js',
          assetFileNames: '[name]-[hash:12][extname]',
          hashCharacters: 'hex',
        },
      },
    },
  })
  const [only, ...others] = [result].flat()
  if (only === undefined || !('output' in only) || others.length > 0) throw new Error('expected one output of Vite')
  return only.output
}

/**
 * The script of a page, and then all that it imports: a browser that knows their names loads them at once.
 * @param {Awaited<ReturnType<typeof bundleClient>>} output
 * @param {string} page
 */
function scriptsOf(output, page) {
  const chunks = new Map(output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part]] : [])))
  const entry = [...chunks.values()].find(({ isEntry, name }) => isEntry && name === page)
  if (entry === undefined)
    throw new Error(`expected a script of the page ${page}, got ${[...chunks.keys()].join(', ')}`)
  const names = new Set([entry.fileName])
  for (const name of names) for (const imported of chunks.get(name)?.imports ?? []) names.add(imported)
  return [...names]
}

/**
 * @param {string} name
 * @param {string | Uint8Array} content
 */
function pack(name, content) {
  const extension = extname(name)
  const type = TYPES[extension]
  if (type === undefined)
    throw new Error(`expected a file of the client to be one of ${Object.keys(TYPES)}, got ${name}`)
  const bytes = Buffer.from(content)
  if (!COMPRESSED.has(extension)) return { name, type, encoding: 'identity', packed: bytes, bytes: bytes.length }
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  return { name, type, encoding: 'br', packed: brotliCompressSync(bytes, { params }), bytes: bytes.length }
}

/**
 * @param {readonly { name: string }[]} files
 * @param {RegExp} pattern
 */
function oneOf(files, pattern) {
  const [only, ...others] = files.filter(({ name }) => pattern.test(name))
  if (only === undefined || others.length > 0) {
    throw new Error(`expected one file ${pattern} of the client, got ${files.map(({ name }) => name).join(', ')}`)
  }
  return only.name
}
