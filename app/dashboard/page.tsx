// The overview: reads the view from the URL, asks for its history, and leaves the rest to the browser.
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { pageStart } from '@/server/web/page-start'
import { processDoor } from '@/server/web/process-door'
import { BASE_PATH } from '../base-path'
import { overview } from './_boards/overview'
import { OWN_ROUTES } from './_boards/own-traffic'
import { LiveProvider } from './_live/live-provider'
import { requireAdmission } from './admission'
import { NextShell } from './next-shell'
import { Overview } from './overview'
import { viewQuestion } from './view-question'

export const metadata: Metadata = { title: overview.title }

const DOORS = {
  trpc: `${BASE_PATH}/api/trpc`,
  metrics: `${BASE_PATH}/api/metrics`,
  prometheus: `${BASE_PATH}/prometheus`,
}

const LOGOUT = `${BASE_PATH}/dashboard/logout`

export default async function OverviewPage({ searchParams }: PageProps<'/dashboard'>) {
  await requireAdmission()
  const query = await searchParams
  const isLoggedIn = processDoor().sessions?.isGoingOn((await headers()).get('cookie')) === true
  const place = { doors: isLoggedIn ? { ...DOORS, logout: LOGOUT } : DOORS, ownRoutes: OWN_ROUTES }
  const { live, status, exceptions } = await pageStart(place, (status) => viewQuestion(query, status, OWN_ROUTES))
  return (
    <NextShell {...place}>
      <LiveProvider start={live}>
        <Overview status={status} exceptions={exceptions} />
      </LiveProvider>
    </NextShell>
  )
}
