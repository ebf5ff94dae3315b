// npm run bench: every bench/*.bench.mjs and bench/*.bench.ts, one after the other, or only those whose names contain
// a word: `npm run bench -- tick`. Each is a program of its own, runs from the repository, and prints its rows.
import './require-node.mjs'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const { ensureBuild } = await import('./ensure-build.mjs')
const { ensurePackages } = await import('./packages.mjs')
const { Problem, runCommand } = await import('./problem.mjs')
const { ROOT, run } = await import('./run.mjs')

await runCommand(async () => {
  const names = namedBenches(process.argv.slice(2))
  await ensurePackages()
  await ensureBuild()
  const { bundle } = await import('./bundle.mjs')
  let failed = 0
  for (const name of names) {
    console.log(`\n=== ${name} ===\n`)
    const source = join(ROOT, 'bench', name)
    const program = name.endsWith('.ts') ? await bundle(source) : source
    const code = await run(process.execPath, ['--expose-gc', '--enable-source-maps', program])
    if (code >= 128) return code
    if (code !== 0) failed++
  }
  console.log(`\n${names.length - failed} ran, ${failed} failed`)
  return failed === 0 ? 0 : 1
})

/** @param {readonly string[]} words */
function namedBenches(words) {
  const all = readdirSync(join(ROOT, 'bench')).filter((name) => /\.bench\.(mjs|ts)$/.test(name))
  const names = all.filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  if (names.length === 0) throw new Problem(`No benchmark is called "${words.join(' ')}": there are ${all.join(', ')}.`)
  return names.sort()
}
