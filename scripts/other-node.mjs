// Node of another version than this one, from npm: for the apps that the package has to work in with each.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isProgram } from './find-on-path.mjs'
import { ROOT } from './run.mjs'

/** The major versions that are supported besides the oldest one, which CI has. */
export const OTHER_NODES = ['22', '24']

const PATIENCE_MS = 5 * 60_000

/**
 * @param {string} major
 * @returns {string | undefined} the folder of the program `node`, where it is installed
 */
function findNode(major) {
  const bin = join(folderOf(major), 'node_modules', packageName(), 'bin')
  return isProgram(join(bin, process.platform === 'win32' ? 'node.exe' : 'node')) ? bin : undefined
}

/**
 * @param {string} major
 * @returns {string | undefined} the same; undefined when it couldn't be installed
 */
export function installNode(major) {
  const found = findNode(major)
  if (found !== undefined) return found
  console.log(`Installing Node ${major} from npm, for the apps that are tried with it ...`)
  mkdirSync(folderOf(major), { recursive: true })
  const args = [
    'install',
    `${packageName()}@${major}`,
    '--prefix',
    folderOf(major),
    '--no-audit',
    '--no-fund',
    '--silent',
  ]
  spawnSync('npm', args, { stdio: 'inherit', timeout: PATIENCE_MS, shell: process.platform === 'win32' })
  return findNode(major)
}

/** @param {string} major */
const folderOf = (major) => join(ROOT, '.cache', `node-${major}`)

const packageName = () => `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
