// How a command fails: with one plain sentence on what to do.

/** Something that the person at the terminal can put right. Its message is all that they need to read. */
export class Problem extends Error {}

/**
 * Runs a command to its end. A Problem is printed as its sentence; anything else is a fault of ours, with its stack.
 * @param {() => Promise<number>} command resolves to the exit code
 * @returns {Promise<void>}
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}

/** @returns {string} how this command was called, for advice: `npm start` */
export function thisCommand() {
  const script = process.env.npm_lifecycle_event ?? 'start'
  return script === 'start' || script === 'test' ? `npm ${script}` : `npm run ${script}`
}
