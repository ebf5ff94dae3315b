// The endpoint of this process, for its two doors.
import { processMetrics } from '../../instrument/merged-registries'
import { metricHandler } from '../../instrument/metric-handler'
import { processRegistry } from '../../instrument/registry'
import { perProcess } from '../../per-process'
import { collect } from '../collect'
import { collectApp } from '../workers/process-workers'
import { createMetricsEndpoint } from './metrics-endpoint'

export const answerScrape = (request: Request): Promise<Response> => endpoint().answerScrape(request)

export const refuseMethod = (): Response => endpoint().refuseMethod()

function endpoint() {
  return perProcess('metrics-endpoint', () =>
    createMetricsEndpoint({
      collect: (signal) => collectApp({ signal, withCreated: true }),
      collectOwn: (signal) => collect(processMetrics(), { signal }),
      metrics: metricHandler(processRegistry()),
    }),
  )
}
