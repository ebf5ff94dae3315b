// What every target has: how its scrapes go. It is the beginning of target-board.ts, and all of it until its families are known.
import type { Unit } from '../_format/unit'
import { overview } from './overview'
import type { Board, Panel, Place } from './panel'

/** `rest` are the names of what isn't drawn. */
export type TargetBoard = Board & { rest: string[] }

export const scrapeBoard: TargetBoard = {
  id: 'target',
  title: 'Target',
  // Its starts and builds are found by the same names.
  annotations: overview.annotations,
  places: [
    tile('up', 'Up', 'count', 'Whether the last scrape succeeded: 1, or 0 while the target is down.'),
    tile('scrape_duration_seconds', 'Scrape duration', 'seconds', 'How long the target took for its last scrape.'),
    tile('scrape_samples_scraped', 'Samples', 'count', 'How many samples the last scrape had.'),
  ],
  rest: [],
}

function tile(metric: string, title: string, unit: Unit, help: string): Place {
  const panel: Panel = {
    id: `tile-${metric}`,
    title,
    subtitle: 'last scrape',
    unit,
    help,
    empty: 'No samples yet.',
    chart: 'tile',
    queries: [{ expr: `sum(${metric}{$target})`, legend: 'now', colour: 'redirect' }],
  }
  return { span: 4, panels: [panel] }
}
