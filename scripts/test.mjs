// npm test: installs what is missing and runs every part, or the parts named: `npm test -- unit e2e`.
// It succeeds only when every part that was asked for ran and passed.
import './require-node-for-tools.mjs'

const { chosenWords, runCommandLine } = await import('./command-line.mjs')
const { runParts } = await import('./test-part.mjs')
const { PARTS, TEST_VARIABLES } = await import('./test-parts.mjs')

/** @type {import('./command-line.mjs').CommandLine} */
const commandLine = {
  command: 'npm test',
  about:
    'Checks everything: installs the packages, on Debian also a Chromium and a Prometheus, runs the parts in this order and ends with a table. Without a name it runs all of them except those that are marked. A part that cannot run is reported as "not run", and the command fails.',
  words: {
    name: 'part',
    choices: Object.fromEntries(
      PARTS.map(({ name, title, isOnDemand }) => [name, isOnDemand ? `${title} (only if named)` : title]),
    ),
  },
  variables: TEST_VARIABLES,
  examples: { 'npm test': 'every part', 'npm test -- lint unit': 'only these parts' },
}

await runCommandLine(commandLine, ({ words }) =>
  runParts(
    words.length === 0
      ? PARTS.filter(({ isOnDemand }) => !isOnDemand)
      : PARTS.filter(({ name }) => chosenWords(commandLine, words).includes(name)),
  ),
)
