// npm test: installs what is missing and runs every part, or the parts named: `npm test -- unit e2e`.
// It succeeds only when every part that was asked for ran and was well.
import './require-node-for-tools.mjs'

const { Problem, runCommand } = await import('./problem.mjs')
const { ensurePackages } = await import('./packages.mjs')
const { runPart } = await import('./test-part.mjs')
const { PARTS } = await import('./test-parts.mjs')
const { report } = await import('./test-report.mjs')

/** @import { Outcome } from './test-report.mjs' */

await runCommand(async () => {
  const parts = namedParts(process.argv.slice(2))
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
})

/** @param {readonly string[]} names */
function namedParts(names) {
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name))
  if (unknown !== undefined) {
    throw new Problem(`There is no part "${unknown}": name one of ${PARTS.map(({ name }) => name).join(', ')}.`)
  }
  return names.length === 0
    ? PARTS.filter(({ isOnDemand }) => !isOnDemand)
    : PARTS.filter(({ name }) => names.includes(name))
}
