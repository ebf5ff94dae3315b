// Runs the parts of `npm test`, each from its tools to its outcome.
import { performance } from 'node:perf_hooks'
import { ensurePackages } from './packages.mjs'
import { PAST_LIMIT, run } from './run.mjs'
import { report } from './test-report.mjs'

/** @import { Part } from './test-parts.mjs' */
/** @import { Outcome } from './test-report.mjs' */

/**
 * Installs the packages, runs the parts one after the other, and prints a table of them.
 * @param {readonly Part[]} parts
 * @returns {Promise<number>} the exit code: 0 if all of them ran and passed
 */
export async function runParts(parts) {
  await ensurePackages()
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map()
  for (const part of parts) {
    console.log(`\n=== ${part.title} ===\n`)
    outcomes.set(part.name, await runPart(part, outcomes))
  }
  const isCi = !['', '0', 'false'].includes(process.env.CI ?? '')
  console.log(`\n=== all parts ===\n\n${report([...outcomes.values()], isCi)}`)
  return [...outcomes.values()].every(({ result }) => result === 'ok') ? 0 : 1
}

/**
 * Runs a part's commands until one fails. Their output is shown as it comes.
 * @param {Part} part
 * @param {ReadonlyMap<string, Outcome>} earlier by name
 * @returns {Promise<Outcome>}
 */
async function runPart(part, earlier) {
  const startMs = performance.now()
  /** @param {Outcome['result']} result @param {string} [note] */
  const outcome = (result, note) => {
    if (note) console.log(`\n${result === 'ok' ? 'Note' : result}: ${note}`)
    return { title: part.title, result, seconds: (performance.now() - startMs) / 1000, note }
  }
  const before = part.after === undefined ? undefined : earlier.get(part.after)
  if (before !== undefined && before.result !== 'ok') return outcome('not run', `needs: ${before.title}`)
  if (part.needs !== undefined && part.needs.install() === undefined) return outcome('not run', part.needs.absence)
  const absent = part.prefers?.filter((tool) => tool.install() === undefined) ?? []
  const absence = absent.length === 0 ? undefined : absent.map((tool) => tool.absence).join(' ')

  const limitMs = startMs + part.minutes * 60_000
  for (const command of part.commands()) {
    const timeLimitMs = Math.max(1, limitMs - performance.now())
    const code = await run(process.execPath, command, { timeLimitMs })
    if (code === PAST_LIMIT) return outcome('failed', `stopped: it took more than ${part.minutes} minutes`)
    if (code !== 0) return outcome('failed', absence)
  }
  return outcome('ok', absence)
}
