// One hash over everything that the build is made of, to know whether the last build still stands.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What no build is made of. Folders that begin with a dot are skipped as well. */
const APART =
  /^(node_modules|dist|e2e|bench|docs|lint|scripts|test-results|playwright-report|next-env\.d\.ts)$|\.(md|tsbuildinfo|test\.tsx?)$/

/**
 * @param {string} root
 * @returns {string} hexadecimal
 */
export function hashSources(root) {
  const hash = createHash('sha256')
  for (const file of sourceFiles(root)) {
    hash.update(`${relative(root, file)}\0`)
    hash.update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @returns {string[]} sorted
 */
function sourceFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !APART.test(name))
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : sourceFiles(path)
      return entry.isFile() ? [path] : []
    })
}
