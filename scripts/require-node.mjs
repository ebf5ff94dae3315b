// Stops with one sentence on a Node that is too old. Every command imports this first, and all else after it, late:
// such a Node may not even be able to load the rest.
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
requireNode(engines.node.replace('>=', ''))

/** @param {string} wanted major and minor */
export function requireNode(wanted) {
  if (!isOlder(process.versions.node, wanted)) return
  console.error(`This needs Node ${wanted} or newer, and this is Node ${process.versions.node}: install a newer one.`)
  process.exit(1)
}

/**
 * @param {string} version
 * @param {string} than
 */
export function isOlder(version, than) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = than.split('.').map(Number)
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor)
}
