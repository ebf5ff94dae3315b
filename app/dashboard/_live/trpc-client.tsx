'use client'
// The browser's typed client: queries through React Query, the live stream through its own link.
import type { QueryKey } from '@tanstack/react-query'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { TRPCClient } from '@trpc/client'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import type { ReactNode } from 'react'
import { createContext, useContext, useState } from 'react'
import type { AppRouter } from '@/server/trpc/app-router'

/** The server takes no longer ones. */
const MAX_BATCH = 10

const ClientContext = createContext<TRPCClient<AppRouter> | null>(null)

/** tRPC's binding to React Query would add 4 KB of script for its few questions: these name their keys themselves. */
export function useTRPCClient(): TRPCClient<AppRouter> {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('Expected a TrpcClient above: each shell of the dashboard has one')
  return client
}

type TrpcClientProps = {
  url: string
  /** Answers that are there before anybody has asked, by the keys of their questions. */
  known?: readonly (readonly [key: QueryKey, answer: unknown])[] | undefined
  children: ReactNode
}

export function TrpcClient({ url, known = [], children }: TrpcClientProps) {
  const [queryClient] = useState(() => {
    const queries = new QueryClient()
    for (const [key, answer] of known) queries.setQueryData(key, answer)
    return queries
  })
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: httpSubscriptionLink({ url }),
          false: httpBatchLink({ url, maxItems: MAX_BATCH }),
        }),
      ],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <ClientContext value={client}>{children}</ClientContext>
    </QueryClientProvider>
  )
}
