// GET of addresses below /dashboard that have no page. Next makes its own not-found page during the build, without a nonce,
// and the Content-Security-Policy of /dashboard would block the scripts of such a page.
import { processDoor } from '@/server/web/process-door'
import { notFound } from '@/server/web/web'

export const GET = (request: Request): Promise<Response> => processDoor().guard(request, 'data', notFound)
