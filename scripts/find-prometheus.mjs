// Where this machine has a real Prometheus and its promtool: for the tests that compare this app with it.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOnPath, isProgram } from './find-on-path.mjs'

/** The folder that `installPrometheus` unpacks into. */
export const PROMETHEUS_CACHE = fileURLToPath(new URL('../.cache/prometheus', import.meta.url))

/** What to do when there is none. */
export const PROMETHEUS_ADVICE =
  'Install Prometheus 3 (https://prometheus.io/download) so that prometheus and promtool are on the PATH, or set PROMETHEUS_PATH to the prometheus binary, with promtool beside it.'

/**
 * PROMETHEUS_PATH when it is set (and nothing else is then looked at), else the first on the PATH, else the one in
 * `.cache/`. An older one than Prometheus 3 is not taken: it answers PromQL differently.
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export function findPrometheus() {
  return findPair()?.prometheus
}

/** @returns {string | undefined} the promtool beside that Prometheus */
export function findPromtool() {
  return findPair()?.promtool
}

/** @returns {{ prometheus: string, promtool: string } | undefined} */
function findPair() {
  const wanted = process.env.PROMETHEUS_PATH
  const candidates = wanted
    ? [wanted]
    : [...findOnPath(['prometheus']), join(PROMETHEUS_CACHE, 'usr', 'bin', 'prometheus')]
  return candidates
    .map((prometheus) => ({ prometheus, promtool: join(dirname(prometheus), promtoolFor(prometheus)) }))
    .find(({ prometheus, promtool }) => isProgram(prometheus) && isProgram(promtool) && isVersion3(prometheus))
}

/** @param {string} prometheus */
function promtoolFor(prometheus) {
  return prometheus.endsWith('.exe') ? 'promtool.exe' : 'promtool'
}

/** @param {string} prometheus */
function isVersion3(prometheus) {
  const { stdout, stderr } = spawnSync(prometheus, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  const major = /version (\d+)\./.exec(`${stdout}${stderr}`)?.[1]
  return Number(major) >= 3
}
