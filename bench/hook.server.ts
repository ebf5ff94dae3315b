// A plain node:http server that answers as GET / does, so that nothing hides what measuring a request costs.
// probe.mjs puts the hooks of this app on and off.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { measureRequests } from '../server/instrument/measure-requests'
import { declareMetrics } from '../server/instrument/metrics'
import { processRegistry } from '../server/instrument/registry'

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const ROUTE = { match: { definition: { pathname: '/' } } }
const NEXT_REQUEST_META = Symbol.for('NextInternalRequestMeta')

function answer(request: IncomingMessage, response: ServerResponse): void {
  // Next notes the route on every request, whoever reads it.
  Object.assign(request, { [NEXT_REQUEST_META]: ROUTE })
  response.setHeader('Content-Type', 'application/json')
  response.end('{"message":"Hello World"}')
}

measureRequests(declareMetrics(processRegistry(), BUCKETS), { sendsTime: true })
createServer(answer).listen(Number(process.env.PORT), '127.0.0.1')
