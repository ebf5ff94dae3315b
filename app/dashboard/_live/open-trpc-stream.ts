// The live store's stream, over tRPC's subscription link (server-sent events).
import type { TRPCClient } from '@trpc/client'
import type { AppRouter } from '@/server/trpc/app-router'
import { deflated } from './deflated'
import type { OpenStream } from './live-store'

/**
 * EventSource reconnects by itself, with the id of the last event it saw, until an answer is no event stream. It doesn't
 * tell what the answer was instead: the server's status does.
 */
export function openTrpcStream(client: TRPCClient<AppRouter>): OpenStream {
  return (question, lastEventId, on) => {
    let isOpen = true
    let close = () => {}
    const fail = async () => {
      const isRefused = await isFull(client)
      if (isOpen) on.failed(isRefused)
    }
    void deflated(question).then((input) => {
      if (!isOpen) return
      const subscription = client.metrics.live.subscribe(
        { ...input, lastEventId },
        {
          onData: ({ id, data }) => isOpen && on.message({ id, event: data }),
          onStarted: () => isOpen && on.connection('connected'),
          onConnectionStateChange: ({ state, error }) =>
            isOpen && state === 'connecting' && error && on.connection('lost'),
          onError: () => void fail(),
          onComplete: () => isOpen && on.failed(),
        },
      )
      close = () => subscription.unsubscribe()
    })
    return () => {
      isOpen = false
      close()
    }
  }
}

/** Whether as many streams are open as there may be; false where nobody answers. */
async function isFull(client: TRPCClient<AppRouter>): Promise<boolean> {
  try {
    const { streams } = await client.metrics.status.query()
    return streams.open >= streams.limit
  } catch {
    return false
  }
}
