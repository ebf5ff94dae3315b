// The package.json of the package.
import { COMMAND, COMMAND_SOURCE, COMMONJS, ENTRIES, NAME, REPOSITORY, TWIN } from './package-names.mjs'

/** Nothing is run when it is installed, and nothing of the app around it is needed. */
export function manifest() {
  return {
    name: NAME,
    version: REPOSITORY.version,
    description: 'Prometheus metrics, PromQL and a live dashboard inside a Next.js app, or any Node server',
    keywords: ['prometheus', 'metrics', 'promql', 'dashboard', 'monitoring', 'nextjs', 'latency'],
    license: REPOSITORY.license,
    type: 'module',
    sideEffects: ['./register.js'],
    engines: REPOSITORY.engines,
    exports: {
      ...Object.fromEntries(ENTRIES.map(([subpath, name]) => [subpath, conditionsOf(name)])),
      './package.json': './package.json',
    },
    ...(COMMAND_SOURCE === undefined ? {} : { bin: { [NAME]: `./${COMMAND}.js` } }),
    files: ['*.js', '*.cjs', 'chunks', 'types', 'CHANGELOG.md', 'THIRD-PARTY-LICENSES'],
    // The history on disk. Without it, it is in memory only.
    optionalDependencies: { libsql: REPOSITORY.dependencies.libsql },
    peerDependencies: { next: '>=14' },
    peerDependenciesMeta: { next: { optional: true } },
  }
}

/** @param {string} name */
function conditionsOf(name) {
  const twin = `./${TWIN}.js`
  return {
    types: `./types/package/${name}.d.ts`,
    'edge-light': twin,
    browser: twin,
    default: `./${name}.${COMMONJS.includes(name) ? 'cjs' : 'js'}`,
  }
}
