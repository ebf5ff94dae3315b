// Where a person gives the token.
import { BASE_PATH } from '@/app/base-path'
import { answerLogin } from '@/server/web/login-page'
import { processDoor } from '@/server/web/process-door'
import { keptAnswer } from '@/server/web/security-headers'

/** A proxy.ts may have a policy of its own for the app's pages. */
const answer = async (request: Request): Promise<Response> =>
  keptAnswer(request, await answerLogin(request, processDoor(), `${BASE_PATH}/dashboard`, '/'))

export { answer as GET, answer as POST }
