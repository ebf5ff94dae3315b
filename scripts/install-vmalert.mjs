// Brings vmalert to a Debian machine.
import { findVmalert, VMALERT_CACHE } from './find-vmalert.mjs'
import { unpackDebian } from './unpack-debian.mjs'

/** @returns {string | undefined} the program's path; undefined when there is none and it couldn't be fetched */
export function installVmalert() {
  const found = findVmalert()
  if (found !== undefined || process.env.VMALERT_PATH) return found
  const from = { suite: 'forky', packages: ['victoria-metrics'] }
  const isThere = unpackDebian('vmalert from Debian, for the test that runs it on this app', from, VMALERT_CACHE)
  return isThere ? findVmalert() : undefined
}
