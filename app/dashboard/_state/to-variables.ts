// From what the reader looks at to the variables of the board's PromQL.
import { OWN_ROUTES } from '../_boards/own-traffic'
import type { Variables } from '../_boards/substitute'
import { stepMsFor } from '../_live/step'
import type { View } from './view'

/** `target` are the label matchers of who is watched; `ownRoutes` what is not the app's own traffic. */
export function toVariables(
  { rangeMs, route, traffic }: Pick<View, 'rangeMs' | 'route' | 'traffic'>,
  scrapeIntervalMs: number,
  target: string,
  ownRoutes = OWN_ROUTES,
): Variables {
  return {
    rangeMs,
    stepMs: stepMsFor(rangeMs, scrapeIntervalMs),
    scrapeIntervalMs,
    target,
    route,
    own: traffic === 'app' ? ownRoutes : '',
  }
}
