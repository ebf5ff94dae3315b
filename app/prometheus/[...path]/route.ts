// The Prometheus HTTP API: /prometheus/api/v1/*, and /prometheus/-/healthy and ready.
import { processApi } from '@/server/query/api/process-api'
import { processDoor } from '@/server/web/process-door'

const answer = (request: Request): Promise<Response> =>
  processDoor().guard(request, 'data', () => processApi()(request))

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
}
