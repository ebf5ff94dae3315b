// npm run test:hosts: this app in every configuration, and the package in every app of others, with three versions of Node.
import './require-node-for-tools.mjs'

const { runCommandLine } = await import('./command-line.mjs')
const { OTHER_NODES } = await import('./other-node.mjs')
const { runParts } = await import('./test-part.mjs')
const { PARTS, TEST_VARIABLES } = await import('./test-parts.mjs')

const NAMES = ['all-hosts', ...OTHER_NODES.map((major) => `node-${major}`)]

await runCommandLine(
  {
    command: 'npm run test:hosts',
    about: `Tries clones of this repository in every configuration of Next that has tests, and the npm package in every app that there is a recipe for, a few of them with Node ${OTHER_NODES.join(' and ')} too. It takes more than an hour and needs the npm registry.`,
    variables: { CHROMIUM_PATH: TEST_VARIABLES.CHROMIUM_PATH },
    examples: {
      'npm run test:hosts': 'all of it',
      'npm test -- hosts': 'only the chosen few, about ten minutes',
    },
  },
  () => runParts(PARTS.filter(({ name }) => NAMES.includes(name))),
)
