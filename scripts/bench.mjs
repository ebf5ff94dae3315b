// npm run bench: every bench/*.bench.ts, one after the other, or only those whose names contain a word: `npm run bench
// -- tick`. Those that take many minutes, bench/*.soak.ts, run only when they are named. Each is a program of its own.
import './require-node-for-tools.mjs'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const { BENCHES } = await import('./benches.mjs')
const { chosenWords, runCommandLine } = await import('./command-line.mjs')
const { ensureBuild } = await import('./ensure-build.mjs')
const { ensurePackages } = await import('./packages.mjs')
const { ROOT, run } = await import('./run.mjs')
const { findPrometheus } = await import('./find-prometheus.mjs')

/** @import { CommandLine, Option } from './command-line.mjs' */

const BENCH = join(ROOT, 'bench')

/** @type {Record<string, { about: string, options: Readonly<Record<string, number | string | boolean>> }>} */
const benches = BENCHES

/** @type {CommandLine} */
const commandLine = {
  command: 'npm run bench',
  about:
    'Measures what Hearth costs: installs and builds what is missing, runs the benchmarks one after the other, and prints a table of each. Without a name it runs every *.bench.ts, which takes long; a *.soak.ts runs only when it is named. An option goes to the named benchmarks that have it.',
  options: optionsOfAll(),
  words: {
    name: 'benchmark',
    choices: Object.fromEntries(Object.entries(benches).map(([name, { about }]) => [name, about])),
    isLoose: true,
  },
  variables: {
    PROMETHEUS_PATH: 'the prometheus binary to compare with, with promtool beside it',
    CHROMIUM_PATH: 'the browser for browser.soak.ts and host-app.soak.ts',
    PYTHON_PATH: 'a Python with FastAPI and prometheus_client, for exposition.bench.ts',
  },
  examples: {
    'npm run bench -- tick': 'only the benchmarks with "tick" in their name',
    'npm run bench -- requests --rounds 5': 'with fewer rounds',
  },
}

await runCommandLine(commandLine, async ({ options, words }) => {
  const names = words.length === 0 ? namesOf(/\.bench\.ts$/) : chosenWords(commandLine, words)
  await ensurePackages()
  await ensureBuild()
  const { bundle } = await import('./bundle.mjs')
  for (const server of readdirSync(BENCH).filter((name) => name.endsWith('.server.ts')))
    await bundle(join(BENCH, server))
  const env = { PROMETHEUS_PATH: findPrometheus() ?? '' }
  let failed = 0
  for (const name of names) {
    console.log(`\n=== ${name} ===\n`)
    const program = await bundle(join(BENCH, name))
    const args = Object.entries(options).flatMap(([option, value]) => {
      if (!(option in (benches[name]?.options ?? {}))) return []
      return value === true ? [`--${option}`] : [`--${option}=${value}`]
    })
    const code = await run(process.execPath, ['--expose-gc', '--enable-source-maps', program, ...args], { env })
    if (code >= 128) return code
    if (code !== 0) failed++
  }
  console.log(`\n${names.length - failed} finished, ${failed} failed`)
  return failed === 0 ? 0 : 1
})

/** @param {RegExp} pattern */
function namesOf(pattern) {
  return Object.keys(benches).filter((name) => pattern.test(name))
}

/** @returns {Record<string, Option>} */
function optionsOfAll() {
  /** @type {Record<string, Option>} */
  const options = {}
  for (const [name, bench] of Object.entries(benches)) {
    for (const [option, value] of Object.entries(bench.options)) {
      const short = name.replace(/\.ts$/, '')
      const help = value === true || value === false ? short : `${short} (${value === '' ? 'all' : value})`
      const before = options[option]
      if (before !== undefined) before.help += `, ${help}`
      else if (typeof value === 'boolean') options[option] = { help }
      else if (typeof value === 'string') options[option] = { help, value: '<text>' }
      else options[option] = { help, value: '<number>', pattern: /^\d+(\.\d+)?$/ }
    }
  }
  return options
}
