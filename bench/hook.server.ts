// A plain node:http server that answers as GET / does, so that nothing hides what measuring a request costs.
// It is what it is told to be: `hearth`, with the hooks of this app, which probe.mjs puts on and off; `middleware`, with
// what is usually written by hand; or `bare`.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { Counter, Histogram, Registry } from 'prom-client'
import { measureRequests } from '../server/instrument/measure-requests'
import { declareMetrics } from '../server/instrument/metrics'
import { processRegistry } from '../server/instrument/registry'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const ROUTE = { match: { definition: { pathname: '/' } } }
const NEXT_REQUEST_META = Symbol.for('NextInternalRequestMeta')

function answer(request: IncomingMessage, response: ServerResponse): void {
  // Next notes the route on every request, whoever reads it.
  Object.assign(request, { [NEXT_REQUEST_META]: ROUTE })
  response.setHeader('Content-Type', 'application/json')
  response.end('{"message":"Hello World"}')
}

/** A counter and a histogram with the labels of ours, when the response is finished. */
function withMiddleware(handler: Handler): Handler {
  const registers = [new Registry()]
  const labelNames = ['method', 'route', 'status']
  const requests = new Counter({ name: 'requests_total', help: 'Requests', labelNames, registers })
  const buckets = BUCKETS
  const latency = new Histogram({ name: 'latency_seconds', help: 'Latency', labelNames, buckets, registers })
  return (request, response) => {
    const startedMs = performance.now()
    response.once('finish', () => {
      const labels = { method: request.method, route: '/', status: response.statusCode }
      requests.inc(labels)
      latency.observe(labels, (performance.now() - startedMs) / 1000)
    })
    handler(request, response)
  }
}

measureRequests(declareMetrics(processRegistry(), BUCKETS))
const middleware = withMiddleware(answer)
let handler = answer
process.on('message', ({ contestant }: { contestant?: string }) => {
  if (contestant !== undefined) handler = contestant === 'middleware' ? middleware : answer
})
createServer((request, response) => handler(request, response)).listen(Number(process.env.PORT), '127.0.0.1')
