// npm run bench: every bench/*.bench.ts, one after the other, or only those whose names contain a word: `npm run bench
// -- tick`. Those that take many minutes, bench/*.soak.ts, run only when they are named. Each is a program of its own,
// runs from the repository, and prints its rows. Options go to all of them: `npm run bench -- requests --rounds 5`.
import './require-node-for-tools.mjs'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const { ensureBuild } = await import('./ensure-build.mjs')
const { ensurePackages } = await import('./packages.mjs')
const { Problem, runCommand } = await import('./problem.mjs')
const { ROOT, run } = await import('./run.mjs')
const { findPrometheus } = await import('./find-prometheus.mjs')

const BENCH = join(ROOT, 'bench')

await runCommand(async () => {
  const args = process.argv.slice(2)
  const firstOption = args.findIndex((arg) => arg.startsWith('-'))
  const words = firstOption < 0 ? args : args.slice(0, firstOption)
  const names = namedBenches(words)
  await ensurePackages()
  await ensureBuild()
  const { bundle } = await import('./bundle.mjs')
  for (const server of filesOf(/\.server\.ts$/)) await bundle(join(BENCH, server))
  const env = { PROMETHEUS_PATH: findPrometheus() ?? '' }
  let failed = 0
  for (const name of names) {
    console.log(`\n=== ${name} ===\n`)
    const program = await bundle(join(BENCH, name))
    const options = args.slice(words.length)
    const code = await run(process.execPath, ['--expose-gc', '--enable-source-maps', program, ...options], { env })
    if (code >= 128) return code
    if (code !== 0) failed++
  }
  console.log(`\n${names.length - failed} ran, ${failed} failed`)
  return failed === 0 ? 0 : 1
})

/** @param {readonly string[]} words */
function namedBenches(words) {
  if (words.length === 0) return filesOf(/\.bench\.ts$/)
  const all = filesOf(/\.(bench|soak)\.ts$/)
  const names = all.filter((name) => words.some((word) => name.includes(word)))
  if (names.length === 0) throw new Problem(`No benchmark is called "${words.join(' ')}": there are ${all.join(', ')}.`)
  return names
}

/** @param {RegExp} pattern */
function filesOf(pattern) {
  return readdirSync(BENCH)
    .filter((name) => pattern.test(name))
    .sort()
}
