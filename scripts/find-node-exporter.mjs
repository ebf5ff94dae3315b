// Where this machine has node_exporter: for the tests that scrape a program that has nothing of ours.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOnPath, isProgram } from './find-on-path.mjs'

/** The folder that `installNodeExporter` unpacks into. */
export const NODE_EXPORTER_CACHE = fileURLToPath(new URL('../.cache/node-exporter', import.meta.url))

/** What to do when there is none. */
export const NODE_EXPORTER_ADVICE =
  'Install node_exporter (https://prometheus.io/download) so that it is on the PATH, or set NODE_EXPORTER_PATH to it.'

/**
 * NODE_EXPORTER_PATH when that is set (and nothing else is then looked at), else the first on the PATH, else the one in
 * `.cache/`.
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export function findNodeExporter() {
  const wanted = process.env.NODE_EXPORTER_PATH
  const names = ['node_exporter', 'prometheus-node-exporter']
  const cached = names.map((name) => join(NODE_EXPORTER_CACHE, 'usr', 'bin', name))
  return (wanted ? [wanted] : [...findOnPath(names), ...cached]).find(isProgram)
}
