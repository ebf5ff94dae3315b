// The live store's stream, over tRPC's subscription link (server-sent events).
import type { TRPCClient } from '@trpc/client'
import type { AppRouter } from '@/server/trpc/app-router'
import { inParts } from './in-parts'
import type { OpenStream } from './live-store'

/** EventSource reconnects by itself, with the id of the last event it saw, until an answer is no event stream. */
export function openTrpcStream(client: TRPCClient<AppRouter>): OpenStream {
  return (question, lastEventId, on) => {
    let isOpen = true
    const subscription = client.metrics.live.subscribe(
      { ...inParts(question), lastEventId },
      {
        onData: ({ id, data }) => isOpen && on.message({ id, event: data }),
        onStarted: () => isOpen && on.connection('connected'),
        onConnectionStateChange: ({ state, error }) =>
          isOpen && state === 'connecting' && error && on.connection('lost'),
        onError: () => isOpen && on.failed(),
        onComplete: () => isOpen && on.failed(),
      },
    )
    return () => {
      isOpen = false
      subscription.unsubscribe()
    }
  }
}
