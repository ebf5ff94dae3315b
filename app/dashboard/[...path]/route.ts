// GET of what no page of the dashboard has the address of. Next's own page for that is made in the build, where it gets no nonce,
// and the policy of what lies below /dashboard lets nothing run that has none.
import { processDoor } from '@/server/web/process-door'
import { notFound } from '@/server/web/web'

export const GET = (request: Request): Promise<Response> => processDoor().guard(request, 'data', notFound)
