// One part of `npm test`, from its tools to its outcome.
import { performance } from 'node:perf_hooks'
import { PAST_LIMIT, run } from './run.mjs'

/** @import { Part } from './test-parts.mjs' */
/** @import { Outcome } from './test-report.mjs' */

/**
 * Runs a part's commands until one fails. What they say is shown as they say it.
 * @param {Part} part
 * @param {ReadonlyMap<string, Outcome>} earlier by name
 * @returns {Promise<Outcome>}
 */
export async function runPart(part, earlier) {
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
    if (code === PAST_LIMIT) return outcome('failed', `not done after ${part.minutes} minutes`)
    if (code !== 0) return outcome('failed', absence)
  }
  return outcome('ok', absence)
}
