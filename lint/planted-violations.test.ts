// Proof that the lint configuration forbids what it is meant to forbid, and nothing beside it: each row is planted as a
// file next to a copy of the configuration, and Biome has to name it. One run of Biome judges all rows.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'

/** [what is planted, in which file, the code, the rule that must name it; null: it is allowed] */
type Row = readonly [sentence: string, file: string, code: string, rule: string | null]

const value = (from: string) => `import { x } from '${from}'\n\nx()\n`
const type = (from: string) => `import type { X } from '${from}'\n\nexport type Y = X\n`

const imports: Row[] = [
  ['own folder', 'server/scrape/a.ts', value('./b'), null],
  ['a folder to the left', 'server/scrape/b.ts', value('../exposition/b'), null],
  ['the root of server/', 'server/scrape/c.ts', value('../env'), null],
  ['a package whose name holds a folder', 'server/scrape/d.ts', value('@trpc/server/adapters/fetch'), null],
  ['a folder to the right', 'server/scrape/e.ts', value('../storage/b'), 'plugin'],
  ['by the alias', 'server/scrape/f.ts', value('@/server/query/b'), 'plugin'],
  ['only its type', 'server/storage/g.ts', type('../promql/b'), 'plugin'],
  ['re-exported', 'server/promql/h.ts', "export { x } from '../query/b'\n", 'plugin'],
  ['a type in place', 'server/query/i.ts', "export type X = import('../trpc/b').X\n", 'plugin'],
  ['loaded late', 'server/instrument/j.ts', "export const x = import('../trpc/b')\n", 'plugin'],
  ['two steps to the right', 'server/exposition/k.ts', value('../storage/b'), 'plugin'],
  ['start.ts may take folders', 'server/start.ts', value('./scrape/b'), null],
  ['no other file at the root may', 'server/env.ts', value('./scrape/b'), 'plugin'],
  ['app/ is out of reach', 'server/trpc/l.ts', value('../../app/b'), 'plugin'],
  ['app/ is out of reach by the alias', 'server/m.ts', value('@/app/b'), 'plugin'],
  ['CommonJS is no way round', 'server/scrape/n.ts', "export const x = require('../trpc/b')\n", 'style/noCommonJs'],
]

const browser: Row[] = [
  ['a type', 'app/dashboard/_charts/a.ts', type('@/server/promql/b'), null],
  ['a value of its own', 'app/dashboard/_charts/b.ts', value('../_format/b'), null],
  ['a door takes values', 'app/c/route.ts', value('@/server/promql/b'), null],
  ['a value', 'app/dashboard/_charts/d.ts', value('@/server/promql/b'), 'plugin'],
  ['by a path', 'app/dashboard/_live/e.ts', value('../../../server/promql/b'), 'plugin'],
  ['a type inline', 'app/dashboard/_format/f.ts', "import { type X } from '@/server/b'\n", 'plugin'],
  ['for its effect', 'app/dashboard/_boards/g.ts', "import '@/server/b'\n", 'plugin'],
  ['re-exported', 'app/dashboard/_boards/h.ts', "export { x } from '@/server/b'\n", 'plugin'],
  ['all re-exported', 'app/dashboard/_boards/i.ts', "export * from '@/server/b'\n", 'plugin'],
  ['loaded late', 'app/dashboard/_live/j.ts', "export const x = import('@/server/b')\n", 'plugin'],
  ['the prebuilt client', 'package/client/l.tsx', value('@/server/b'), 'plugin'],
  ['a type for the prebuilt client', 'package/client/m.tsx', type('@/server/b'), null],
  ['the package takes both', 'package/n.ts', value('@/server/b'), null],
  ["a file with 'use client'", 'app/k.tsx', `'use client'\n\n${value('@/server/b')}`, 'plugin'],
]

const habits: Row[] = [
  ['a default export', 'server/a.ts', 'export default 1\n', 'style/noDefaultExport'],
  ["Next's default export", 'app/page.tsx', 'export default () => null\n', null],
  ['globalThis', 'server/b.ts', 'export const x = globalThis\n', 'style/noRestrictedGlobals'],
  ['global', 'app/c.ts', 'export const x = global\n', 'style/noRestrictedGlobals'],
  ['globalThis in its place', 'server/per-process.ts', 'export const x = globalThis\n', null],
  ['any', 'server/d.ts', 'export const x = (y: any) => y\n', 'suspicious/noExplicitAny'],
  ['!', 'server/e.ts', 'export const x = (y?: string) => y!\n', 'style/noNonNullAssertion'],
  ['a line in the log that says nothing of whose it is', 'server/p.ts', "console.error('x')\n", 'suspicious/noConsole'],
  ['also in the package', 'package/q.ts', "console.log('x')\n", 'suspicious/noConsole'],
  ['the log in its place', 'server/log.ts', "console.error('x')\n", null],
  ['a module of Node without node:', 'server/f.ts', "import 'fs'\n", 'style/useNodejsImportProtocol'],
  ['a timeout of AbortSignal', 'server/l.ts', 'export const x = AbortSignal.timeout(1)\n', 'plugin'],
  ['a signal out of several', 'app/m.ts', 'export const x = AbortSignal.any([])\n', 'plugin'],
  ['either by its name', 'server/n.ts', "export const x = AbortSignal['any']([])\n", 'plugin'],
  ['a signal that is aborted', 'server/o.ts', 'export const x = AbortSignal.abort()\n', null],
  ['camelCase', 'server/camelCase.ts', 'export const x = 1\n', 'style/useFilenamingConvention'],
  ['PascalCase', 'app/PascalCase.tsx', 'export const x = 1\n', 'style/useFilenamingConvention'],
  ['a barrel', 'server/g/index.ts', "export { x } from './b'\n", 'performance/noBarrelFile'],
  ['an unhandled promise', 'server/h.ts', 'const x = async () => 1\n\nx()\n', 'nursery/noFloatingPromises'],
  ['an undeclared package', 'server/i.ts', value('left-pad'), 'correctness/noUndeclaredDependencies'],
  ['a click without a key', 'app/j.tsx', 'export const x = <p onClick={() => 1} />\n', 'a11y/useKeyWithClickEvents'],
  ['a skipped test', 'server/k.test.ts', "test.skip('x', () => {})\n", 'suspicious/noSkippedTests'],
]

const namedRules = new Map<string, string[]>()

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'planted-'))
  try {
    for (const part of ['biome.json', 'package.json', 'lint']) await cp(part, join(folder, part), { recursive: true })
    for (const [, file, code] of [...imports, ...browser, ...habits]) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), code)
    }
    for (const { category, location } of await lint(folder)) {
      namedRules.set(location.path, [...(namedRules.get(location.path) ?? []), category.replace('lint/', '')])
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})

describe.each([
  ['server/ imports up the pipeline only', imports],
  ['the browser takes only types from server/', browser],
  ['habits', habits],
])('%s', (_group, rows) => {
  test.each(rows)('%s: %s', (_sentence, file, _code, rule) => {
    const named = namedRules.get(file) ?? []
    if (rule === null) expect(named).toEqual([])
    else expect(named).toContain(rule)
  })
})

type Diagnostic = { category: string; location: { path: string } }

/** What Biome says of the files in `folder`. It exits with 1 when it has something to say. */
async function lint(folder: string): Promise<Diagnostic[]> {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', 'app', 'package', 'server']
  const { stdout } = await promisify(execFile)(process.execPath, [biome, ...args], { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  )
  return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
}
