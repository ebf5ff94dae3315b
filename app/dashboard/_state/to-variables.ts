// From what the reader looks at to the variables of the board's PromQL.
import { OWN_ROUTES } from '../_boards/own-traffic'
import type { Variables } from '../_boards/substitute'
import { stepMsFor } from '../_live/step'
import type { View } from './view'

export function toVariables({ rangeMs, route, traffic }: View, scrapeIntervalMs: number): Variables {
  return {
    rangeMs,
    stepMs: stepMsFor(rangeMs, scrapeIntervalMs),
    scrapeIntervalMs,
    route,
    own: traffic === 'app' ? OWN_ROUTES : '',
  }
}
