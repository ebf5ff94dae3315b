// GET /: a greeting for programs; a browser that navigates here is sent to the dashboard.
import Negotiator from 'negotiator'
import { BASE_PATH } from './base-path'

export function GET(request: Request): Response {
  const accept = request.headers.get('accept') ?? undefined
  const preferred = new Negotiator({ headers: { accept } }).mediaType(['application/json', 'text/html'])
  if (preferred !== 'text/html') return Response.json({ message: 'Hello World' }, { headers: { vary: 'Accept' } })
  return new Response(null, {
    status: 307,
    headers: { location: `${BASE_PATH}/dashboard`, vary: 'Accept', 'cache-control': 'no-store' },
  })
}
