// The package's JavaScript: the entries and the chunks that they share, so that a process has one copy of each module.
import { chmodSync } from 'node:fs'
import { builtinModules, isBuiltin } from 'node:module'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { esmExternalRequirePlugin } from 'rolldown/plugins'
import { CLIENT_MODULE, CLIENT_SPECIFIER } from './client-module.mjs'
import { COMMAND, COMMAND_SOURCE, COMMONJS, ENTRIES, PACKAGE, SOURCES, TWIN } from './package-names.mjs'
import { ROOT } from './run.mjs'

/** What stays outside: it has a binary of the platform beside itself. */
const OUTSIDE = /^libsql(?:\/|$)/

/** @returns {Promise<string[]>} the paths of all modules that are inside */
export async function bundlePackage() {
  const names = [...ENTRIES.map(([, name]) => name), TWIN].filter((name) => !COMMONJS.includes(name))
  const chunks = await write(Object.fromEntries(names.map((name) => [name, sourceOf(name)])), {
    chunkFileNames: 'chunks/[name]-[hash].js',
  })
  for (const name of COMMONJS) chunks.push(...(await writeCommonJs(name)))
  requireTwin(chunks)
  if (COMMAND_SOURCE !== undefined) {
    chunks.push(...(await write({ [COMMAND]: COMMAND_SOURCE }, { codeSplitting: false, minify: true })))
    chmodSync(join(PACKAGE, `${COMMAND}.js`), 0o755)
  }
  return chunks.flatMap(({ moduleIds }) => moduleIds)
}

/** @param {string} name */
const sourceOf = (name) => join(SOURCES, `${name}.ts`)

/**
 * An entry in one file, whose default export is the module itself, with all others as its properties: what the default of a
 * CommonJS module is differs between Node and bundlers.
 * @param {string} name
 */
function writeCommonJs(name) {
  return write(
    { [name]: sourceOf(name) },
    {
      format: 'cjs',
      exports: 'named',
      entryFileNames: '[name].cjs',
      codeSplitting: false,
      outro: 'module.exports = Object.assign(exports.default, exports, { __esModule: true })',
    },
  )
}

/**
 * @param {Record<string, string>} input
 * @param {import('rolldown').OutputOptions} options
 */
async function write(input, options) {
  const build = await rolldown({
    input,
    platform: 'node',
    tsconfig: join(ROOT, 'tsconfig.json'),
    external: OUTSIDE,
    // server/variable-name.ts asks for it.
    transform: { define: { IN_PACKAGE: 'true' } },
    plugins: [
      { name: 'client', resolveId: (specifier) => (specifier === CLIENT_SPECIFIER ? CLIENT_MODULE : undefined) },
      // A bundler of the app around it can't follow what CommonJS modules require of Node.
      esmExternalRequirePlugin({ external: [...builtinModules] }),
    ],
  })
  const { output } = await build.write({
    dir: PACKAGE,
    format: 'esm',
    entryFileNames: '[name].js',
    ...options,
  })
  await build.close()
  const chunks = output.filter((part) => part.type === 'chunk')
  for (const { fileName, imports, dynamicImports } of chunks) {
    const names = new Set(chunks.map((chunk) => chunk.fileName))
    const strange = [...imports, ...dynamicImports].filter(
      (name) => !names.has(name) && !isBuiltin(name) && !OUTSIDE.test(name),
    )
    if (strange.length > 0)
      throw new Error(`expected ${fileName} to import nothing of others, got ${strange.join(', ')}`)
  }
  return chunks
}

/** @param {readonly import('rolldown').OutputChunk[]} chunks */
function requireTwin(chunks) {
  const twin = chunks.find(({ isEntry, name }) => isEntry && name === TWIN)
  const offered = chunks.flatMap(({ exports, isEntry }) => (isEntry ? exports : []))
  const missing = twin === undefined ? [] : offered.filter((name) => !twin.exports.includes(name))
  if (missing.length > 0)
    throw new Error(`expected package/${TWIN}.ts to export what others do, got no ${missing.join(', ')}`)
}
