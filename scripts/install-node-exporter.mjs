// Brings node_exporter to a Debian machine.
import { findNodeExporter, NODE_EXPORTER_CACHE } from './find-node-exporter.mjs'
import { unpackDebian } from './unpack-debian.mjs'

/** @returns {string | undefined} the program's path; undefined when there is none and it couldn't be fetched */
export function installNodeExporter() {
  const found = findNodeExporter()
  if (found !== undefined || process.env.NODE_EXPORTER_PATH) return found
  const from = { suite: 'forky', packages: ['prometheus-node-exporter'] }
  const isThere = unpackDebian('node_exporter from Debian, for the tests that scrape it', from, NODE_EXPORTER_CACHE)
  return isThere ? findNodeExporter() : undefined
}
