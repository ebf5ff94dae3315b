// Explore: the queries stand in the URL, and the browser asks them.
import type { Metadata } from 'next'
import { statusStart } from '@/server/web/page-start'
import { Explore } from '../_explore/explore'
import { TrpcClient } from '../_live/trpc-client'
import { requireAdmission } from '../admission'
import { nextPlace } from '../next-place'
import { NextShell } from '../next-shell'

export const metadata: Metadata = { title: 'Explore' }

export default async function ExplorePage() {
  await requireAdmission()
  const { doors, ownRoutes, status } = statusStart(await nextPlace())
  return (
    <NextShell doors={doors} ownRoutes={ownRoutes}>
      <TrpcClient url={doors.trpc}>
        <Explore status={status} />
      </TrpcClient>
    </NextShell>
  )
}
