// Explore: the queries stand in the URL, and the browser asks them.
import type { Metadata } from 'next'
import { statusStart } from '@/server/web/page-start'
import { Explore } from '../_explore/explore'
import { requireAdmission } from '../admission'
import { nextPlace } from '../next-place'
import { NextShell } from '../next-shell'

export const metadata: Metadata = { title: 'Explore' }

export default async function ExplorePage() {
  await requireAdmission()
  return (
    <NextShell page="explore" start={statusStart(await nextPlace())}>
      <Explore />
    </NextShell>
  )
}
