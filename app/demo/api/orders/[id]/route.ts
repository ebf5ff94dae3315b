// GET /demo/api/orders/[id]?ms=0: a dynamic handler.
import { setTimeout } from 'node:timers/promises'
import { bounded } from '../../../bounded'
import { demoOnly } from '../../../demo-only'

export async function GET(request: Request, { params }: RouteContext<'/demo/api/orders/[id]'>): Promise<Response> {
  await demoOnly()
  await setTimeout(bounded(request.url, 'ms', 0, 0, 10_000))
  return Response.json({ order: (await params).id })
}
