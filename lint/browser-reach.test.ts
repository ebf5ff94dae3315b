// Proof that nothing of server/ reaches the browser but types, by whatever way: every file with 'use client' is bundled
// with all that it imports, as Next would do it, and the bundle is asked what it is made of.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

const clientFiles = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map((file) => join('app', file))
  .filter((file) => /\.tsx?$/.test(file) && /^(?:\/\/.*\n|\s)*['"]use client['"]/.test(readFileSync(file, 'utf8')))

test('there are files for the browser', () => {
  expect(clientFiles).toContain(join('app', 'dashboard', 'error.tsx'))
})

test('no module of server/ is in a bundle for the browser', async () => {
  const modules = await modulesBundledWith(clientFiles)
  expect(modules).toEqual(expect.arrayContaining(clientFiles))
  expect(modules.filter((module) => !module.startsWith('app'))).toEqual([])
})

test('a bundle would tell: that of a door has modules of server/', async () => {
  const door = join('app', 'metrics', 'route.ts')
  expect(await modulesBundledWith([door])).toContain(join('server', 'exposition', 'endpoint', 'answer-scrape.ts'))
})

/** The files of this repository that these files import, directly or not, other than for a type. */
async function modulesBundledWith(input: string[]): Promise<string[]> {
  const build = await rolldown({
    input,
    treeshake: false,
    tsconfig: 'tsconfig.json',
    external: (source) => !/^(?:\.|\/|@\/|app)/.test(source),
    moduleTypes: { '.css': 'empty', '.svg': 'empty' },
    logLevel: 'silent',
  })
  const { output } = await build.generate({ format: 'esm' })
  await build.close()
  return output
    .flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
    .map((id) => relative(process.cwd(), id))
    .filter((path) => !path.startsWith('\0') && !/\.(?:css|svg)$/.test(path))
}
