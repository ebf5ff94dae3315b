// Brings vmalert and VictoriaMetrics, which are one package, to a Debian machine.
import { findVictoriaMetrics, findVmalert, VMALERT_CACHE } from './find-vmalert.mjs'
import { unpackDebian } from './unpack-debian.mjs'

/** @returns {string | undefined} the program's path; undefined when there is none and it couldn't be fetched */
export const installVmalert = () => install(findVmalert, 'VMALERT_PATH')

/** @returns {string | undefined} the program's path; undefined when there is none and it couldn't be fetched */
export const installVictoriaMetrics = () => install(findVictoriaMetrics, 'VICTORIA_METRICS_PATH')

/**
 * @param {() => string | undefined} find
 * @param {string} variable
 */
function install(find, variable) {
  const found = find()
  if (found !== undefined || process.env[variable]) return found
  const from = { suite: 'forky', packages: ['victoria-metrics'] }
  const isThere = unpackDebian(
    'VictoriaMetrics with vmalert from Debian, for the tests that run them',
    from,
    VMALERT_CACHE,
  )
  return isThere ? find() : undefined
}
