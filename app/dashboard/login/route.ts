// Where a person gives the token.
import { BASE_PATH } from '@/app/base-path'
import { answerLogin } from '@/server/web/login-page'
import { processDoor } from '@/server/web/process-door'

const answer = (request: Request): Promise<Response> =>
  answerLogin(request, processDoor(), `${BASE_PATH}/dashboard`, '/')

export { answer as GET, answer as POST }
