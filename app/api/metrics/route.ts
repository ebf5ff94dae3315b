// GET /api/metrics: the same endpoint as /metrics, beside the other API routes.
import { processDoor } from '@/server/web/process-door'
import { answerMetrics } from '@/server/web/web'

const answer = (request: Request): Promise<Response> => answerMetrics(request, processDoor())

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
}
