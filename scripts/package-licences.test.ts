import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { licencesOf } from './package-licences.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'licences-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** The path of a module in a package that is made for it. */
function install(name: string, files: Record<string, string>, below = root): string {
  const folder = join(below, 'node_modules', name)
  const manifest = JSON.stringify({ name, version: '1.2.3', license: 'MIT' })
  for (const [file, text] of Object.entries({ 'package.json': manifest, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return join(folder, 'dist', 'index.js')
}

test('each package stands there once, by its name, with its licence and its notice', () => {
  const text = licencesOf([
    install('b', { 'LICENSE.md': 'Licence of b' }),
    install('@a/a', { LICENCE: 'Licence of a', NOTICE: 'Notice of a' }),
    install('c', { 'license.txt': 'Licence of c' }, join(root, 'node_modules', 'b')),
    `${join(root, 'node_modules', 'b', 'other.js')}?commonjs`,
  ])
  expect(text.match(/^\S+ 1\.2\.3 \(MIT\)$/gm)).toEqual(['@a/a 1.2.3 (MIT)', 'b 1.2.3 (MIT)', 'c 1.2.3 (MIT)'])
  for (const part of ['Licence of a', 'Notice of a', 'Licence of b', 'Licence of c']) expect(text).toContain(part)
})

test('our own modules, and those that a bundler adds, need none', () => {
  expect(licencesOf([join(root, 'app', 'page.tsx'), '\0rolldown/runtime.js'])).not.toContain('1.2.3')
})

test.each([
  ['no file', {}],
  ['a file that only mentions it', { 'README.md': 'MIT licence' }],
])('a package with %s is refused by its name', (_sentence, files) => {
  expect(() => licencesOf([install('bare', files)])).toThrow('bare 1.2.3 (MIT) has no licence text')
})
