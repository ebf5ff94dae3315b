// The package's declarations: what the compiler says of the entries, with those files alone that they reach.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { ENTRIES, PACKAGE, SOURCES } from './package-names.mjs'
import { Problem } from './problem.mjs'
import { programOf, ROOT, run } from './run.mjs'

const WORK = join(ROOT, '.cache', 'package-types')
const SPECIFIER = /(\bfrom |\bimport\()(['"])([^'"]+)\2/g

/** Throws a Problem where they can't be made, or name what an app may not have. */
export async function writeTypes() {
  rmSync(WORK, { recursive: true, force: true })
  mkdirSync(WORK, { recursive: true })
  const project = join(WORK, 'tsconfig.json')
  writeFileSync(
    project,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        incremental: false,
        rootDir: ROOT,
        outDir: join(WORK, 'out'),
      },
      files: [join(ROOT, 'next-env.d.ts'), ...ENTRIES.map(([, name]) => join(SOURCES, `${name}.ts`))],
      include: [],
    }),
  )
  // Next's own declarations are named in a file that Next writes.
  await run(process.execPath, [join(ROOT, 'scripts', 'typegen.mjs')], { hidesErrors: true })
  const code = await run(process.execPath, [programOf('typescript'), '--project', project])
  if (code !== 0) throw new Problem('The type declarations could not be written: fix the errors above.')
  const written = new Set()
  const waiting = ENTRIES.map(([, name]) => join(WORK, 'out', 'package', `${name}.d.ts`))
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (written.has(file)) continue
    written.add(file)
    waiting.push(...writeDeclaration(file))
  }
}

/** @returns {Promise<void>} Throws a Problem where an app that uses the package is not typed as package/consumer says. */
export async function testTypes() {
  for (const project of ['tsconfig.json', 'tsconfig.plain.json']) {
    const path = join(SOURCES, 'consumer', project)
    const code = await run(process.execPath, [programOf('typescript'), '--project', path])
    if (code !== 0)
      throw new Problem('The package’s types differ from what package/consumer expects: see the errors above.')
  }
}

/**
 * Copies one, its specifiers as any resolution of modules wants them.
 * @param {string} file
 * @returns {string[]} those that it names
 */
function writeDeclaration(file) {
  const reached = /** @type {string[]} */ ([])
  const text = readFileSync(file, 'utf8').replace(SPECIFIER, (whole, before, quote, specifier) => {
    const target = declarationOf(file, specifier)
    if (target === undefined) return whole
    reached.push(target)
    const path = relative(dirname(file), target)
      .replaceAll('\\', '/')
      .replace(/\.d\.ts$/, '.js')
    return `${before}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`
  })
  const copy = join(PACKAGE, 'types', relative(join(WORK, 'out'), file))
  mkdirSync(dirname(copy), { recursive: true })
  writeFileSync(copy, text)
  return reached
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {string | undefined} the declaration of a module of ours; undefined for one of Node's
 */
function declarationOf(file, specifier) {
  const isOurs = specifier.startsWith('.') || specifier.startsWith('@/')
  if (!isOurs && specifier.startsWith('node:')) return undefined
  const from = specifier.startsWith('@/') ? join(WORK, 'out') : dirname(file)
  const target = `${resolve(from, specifier.replace(/^@\//, ''))}.d.ts`
  if (isOurs && existsSync(target)) return target
  throw new Problem(
    `${relative(join(WORK, 'out'), file)} names ${specifier}, which an app may not have: give what is exported a type of its own.`,
  )
}
