// The overview: reads the view from the URL, asks for its history, and leaves the rest to the browser.
import type { Metadata } from 'next'
import { pageStart } from '@/server/web/page-start'
import { overview } from './_boards/overview'
import { OWN_ROUTES } from './_boards/own-traffic'
import { requireAdmission } from './admission'
import { nextPlace } from './next-place'
import { NextShell } from './next-shell'
import { Overview } from './overview'
import { viewQuestion } from './view-question'

export const metadata: Metadata = { title: overview.title }

export default async function OverviewPage({ searchParams }: PageProps<'/dashboard'>) {
  await requireAdmission()
  const query = await searchParams
  const start = await pageStart(await nextPlace(), (status) => viewQuestion(query, status, OWN_ROUTES))
  return (
    <NextShell page="overview" start={start}>
      <Overview />
    </NextShell>
  )
}
