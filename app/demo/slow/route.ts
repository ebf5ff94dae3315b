// GET /demo/slow?ms=120: an answer that takes its time.
import { setTimeout } from 'node:timers/promises'
import { bounded } from '../bounded'
import { demoOnly } from '../demo-only'

export async function GET(request: Request): Promise<Response> {
  await demoOnly()
  const ms = bounded(request.url, 'ms', 120, 0, 10_000)
  await setTimeout(ms)
  return Response.json({ ms })
}
