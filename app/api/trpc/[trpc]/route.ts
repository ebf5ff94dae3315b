// The typed API to the browser.
import { handleTrpc } from '@/server/trpc/handle'
import { processDoor } from '@/server/web/process-door'

const answer = (request: Request): Promise<Response> => processDoor().guard(request, 'data', () => handleTrpc(request))

export { answer as GET, answer as OPTIONS, answer as POST }
