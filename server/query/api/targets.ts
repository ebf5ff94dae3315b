// targets and scrape_pools: whom this process scrapes, and how that goes.
import { formatDuration } from '../../duration'
import type { TargetStatus } from '../../scrape/target'
import type { Answer } from './answer'
import { jsonValue } from './json-text'
import type { Question, Sources } from './sources'

/** How Go prints a time that never was. */
const never = '0001-01-01T00:00:00Z'

/** `state` (active, dropped or any), `scrapePool`. Nothing is ever dropped here. */
export function answerTargets({ form }: Question, { settings, targets }: Sources): Answer {
  const state = form.get('state').toLowerCase()
  const pool = form.get('scrapePool')
  const isWanted = (target: TargetStatus) => pool === '' || target.job === pool
  const areActiveWanted = state === '' || state === 'any' || state === 'active'
  const areDroppedWanted = state === '' || state === 'any' || state === 'dropped'
  const all = targets()
  const counts = Object.fromEntries(all.filter(isWanted).map(({ job }) => [job, 0]))
  return {
    data: jsonValue({
      activeTargets: areActiveWanted
        ? all.filter(isWanted).map((target) => toJson(target, settings.scrapeIntervalMs))
        : [],
      droppedTargets: [],
      droppedTargetCounts: areDroppedWanted ? counts : null,
    }),
  }
}

export function answerScrapePools(_: Question, { targets }: Sources): Answer {
  return { data: jsonValue({ scrapePools: [...new Set(targets().map(({ job }) => job))].sort() }) }
}

function toJson(target: TargetStatus, intervalMs: number) {
  const { instance, job, labels, lastDurationSeconds, lastError, lastScrapeMs, timeoutMs, up, url } = target
  const { host, pathname, protocol } = new URL(url)
  const scrapeInterval = formatDuration(intervalMs)
  const scrapeTimeout = formatDuration(timeoutMs)
  return {
    discoveredLabels: {
      __address__: host,
      __metrics_path__: pathname,
      __scheme__: protocol.slice(0, -1),
      __scrape_interval__: scrapeInterval,
      __scrape_timeout__: scrapeTimeout,
      ...labels,
      job,
    },
    labels: { ...labels, instance, job },
    scrapePool: job,
    scrapeUrl: url,
    globalUrl: url,
    lastError: lastError ?? '',
    lastScrape: lastScrapeMs === undefined ? never : new Date(lastScrapeMs).toISOString(),
    lastScrapeDuration: lastDurationSeconds ?? 0,
    health: up === undefined ? 'unknown' : up ? 'up' : 'down',
    scrapeInterval,
    scrapeTimeout,
  }
}
