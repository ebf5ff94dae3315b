// Brings a real Prometheus, 3 or 2, to a Debian machine.
import { findPrometheus, PROMETHEUS_2, PROMETHEUS_3 } from './find-prometheus.mjs'
import { unpackDebian } from './unpack-debian.mjs'

/** @import { Release } from './find-prometheus.mjs' */

/**
 * The Debian releases that have them; these programs need nothing but libc, and run on older and newer Debians too.
 * @type {Map<Release, { suite: string, packages: string[] }>}
 */
const PACKAGES = new Map([
  [PROMETHEUS_3, { suite: 'forky', packages: ['prometheus', 'promtool'] }],
  [PROMETHEUS_2, { suite: 'bookworm', packages: ['prometheus'] }],
])

/**
 * @param {Release} [release]
 * @returns {string | undefined} the program's path; undefined when there is none and it couldn't be fetched
 */
export function installPrometheus(release = PROMETHEUS_3) {
  const found = findPrometheus(release)
  const from = PACKAGES.get(release)
  if (found !== undefined || process.env[release.variable] || from === undefined) return found
  const what = `Prometheus ${release.major} from Debian, for the tests that compare with it`
  return unpackDebian(what, from, release.cache) ? findPrometheus(release) : undefined
}
