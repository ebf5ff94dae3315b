// POST /demo/api/orders?status=201: answers with the status that was asked for.
import { bounded } from '../../bounded'
import { demoOnly } from '../../demo-only'

export function POST(request: Request): Response {
  demoOnly()
  const status = bounded(request.url, 'status', 201, 200, 599)
  const mayHaveBody = status !== 204 && status !== 205 && status !== 304
  return new Response(mayHaveBody ? JSON.stringify({ status }) : null, { status })
}
