// What `npm test` says at its end.

/**
 * @typedef {object} Outcome
 * @property {string} title
 * @property {'ok' | 'failed' | 'not run'} result
 * @property {number} seconds
 * @property {string} [note] why it wasn't run, or what was left out of it
 */

/**
 * A table of the parts, and one line that counts them. Where nobody looks at a terminal (`isCi`), what wasn't run
 * counts as failed.
 * @param {readonly Outcome[]} outcomes
 * @param {boolean} isCi
 * @returns {string}
 */
export function report(outcomes, isCi) {
  const width = Math.max(...outcomes.map(({ title }) => title.length))
  const rows = outcomes.map(({ title, result, seconds, note }) =>
    [title.padEnd(width), result.padEnd(7), `${seconds.toFixed(1).padStart(6)} s`, note ?? ''].join('  ').trimEnd(),
  )
  return [...rows, '', countLine(outcomes, isCi)].join('\n')
}

/**
 * @param {readonly Outcome[]} outcomes
 * @param {boolean} isCi
 */
function countLine(outcomes, isCi) {
  const count = (/** @type {Outcome['result']} */ result) => outcomes.filter((one) => one.result === result).length
  const passed = count('ok')
  const notRun = count('not run')
  if (isCi) return `${passed} passed, ${count('failed') + notRun} failed`
  return `${passed} passed, ${count('failed')} failed${notRun > 0 ? `, ${notRun} skipped` : ''}`
}
