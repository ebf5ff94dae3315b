// The querier of this process: its own storage, or the Prometheus that PROMETHEUS_URL names.
import { env } from '../env'
import type { Family } from '../exposition/snapshot'
import { perProcess } from '../per-process'
import { processScrape } from '../scrape/process-scrape'
import { processExemplars } from '../storage/process-exemplars'
import { processStorage } from '../storage/process-storage'
import { createEmbeddedQuerier } from './embedded-querier'
import { processEngine } from './engine'
import type { Querier } from './querier'
import { createRemoteQuerier } from './remote-querier'

export function processQuerier(): Querier {
  return perProcess('querier', () => {
    const engine = processEngine()
    if (engine !== undefined) return createRemoteQuerier(engine)
    return createEmbeddedQuerier(processStorage(), families, env().features, processExemplars())
  })
}

/** Of all targets, as they were at their last successful scrapes. */
function families(): Family[] {
  const snapshots = processScrape()?.newestSnapshots() ?? []
  return snapshots.flatMap((snapshot) => snapshot.families)
}
