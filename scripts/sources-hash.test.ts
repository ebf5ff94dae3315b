import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashSources } from './sources-hash.mjs'

let folder: string
let before: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'))
  write('app/page.tsx', 'a')
  write('package-lock.json', '{}')
  before = hashSources(folder)
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

test.each(['app/page.tsx', 'app/new.module.css', 'package-lock.json', 'next.config.js', '.env', 'public/logo.svg'])(
  'a change of %s calls for a build',
  (file) => {
    write(file, 'changed')
    expect(hashSources(folder)).not.toBe(before)
  },
)

test.each([
  'README.md',
  'app/page.test.tsx',
  'e2e/page.spec.ts',
  'scripts/start.mjs',
  'node_modules/a/index.js',
  '.next/BUILD_ID',
  '.cache/a',
  'next-env.d.ts',
  'tsconfig.tsbuildinfo',
])('a change of %s does not', (file) => {
  write(file, 'changed')
  expect(hashSources(folder)).toBe(before)
})

test('text that moves to another file calls for a build', () => {
  write('app/page.tsx', '')
  write('app/other.tsx', 'a')
  expect(hashSources(folder)).not.toBe(before)
})
