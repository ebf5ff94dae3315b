// GET /demo/stream?events=5&ms=200: an event stream; with fail=1 it breaks off where it would have ended.
import { setTimeout } from 'node:timers/promises'
import { beginDeadline } from '@/server/deadline'
import { shutdownSignal } from '@/server/shutdown'
import { bounded } from '../bounded'
import { demoOnly } from '../demo-only'

class StreamBroken extends Error {
  override name = 'StreamBroken'
}

export async function GET(request: Request): Promise<Response> {
  await demoOnly()
  const events = bounded(request.url, 'events', 5, 1, 600)
  const ms = bounded(request.url, 'ms', 200, 0, 10_000)
  const fails = new URL(request.url).searchParams.get('fail') === '1'
  const over = beginDeadline([request.signal, shutdownSignal()])
  let event = 0

  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(new TextEncoder().encode(`data: ${++event}\n\n`))
      await setTimeout(ms, undefined, { signal: over.signal }).catch(() => {})
      if (event < events && !over.signal.aborted) return
      over.end()
      if (fails) throw new StreamBroken('The demo stream broke off.')
      controller.close()
    },
    cancel: over.end,
  })
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' },
  })
}
