// Notes of what happened: GET lists them, POST adds one.
import { answerAnnotations } from '@/server/web/annotations'
import { processDoor } from '@/server/web/process-door'

const answer = (request: Request): Promise<Response> =>
  processDoor().guard(request, 'data', () => answerAnnotations(request))

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
}
