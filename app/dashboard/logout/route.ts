// Where a person ends the session.
import { BASE_PATH } from '@/app/base-path'
import { answerLogout } from '@/server/web/login-page'
import { processDoor } from '@/server/web/process-door'
import { keptAnswer } from '@/server/web/security-headers'

export const POST = (request: Request): Response =>
  keptAnswer(request, answerLogout(request, processDoor(), `${BASE_PATH}/dashboard`, '/'))
