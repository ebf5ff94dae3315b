// Where the pages stand that Next renders.
import { headers } from 'next/headers'
import type { PagePlace } from '@/server/web/page-start'
import { processDoor } from '@/server/web/process-door'
import { BASE_PATH, TRAILING_SLASH } from '../base-path'
import { OWN_ROUTES } from './_boards/own-traffic'

/** As Next would redirect to it: whoever goes there without loading a document gets the same address. */
const pageAt = (path: string) => `${BASE_PATH}/dashboard${path}${TRAILING_SLASH ? '/' : ''}`

const DOORS = {
  pages: {
    overview: pageAt(''),
    explore: pageAt('/explore'),
    metrics: pageAt('/metrics'),
    boards: pageAt('/boards'),
    errors: pageAt('/errors'),
  },
  trpc: `${BASE_PATH}/api/trpc`,
  metrics: `${BASE_PATH}/api/metrics`,
  prometheus: `${BASE_PATH}/prometheus`,
}

const LOGOUT = `${BASE_PATH}/dashboard/logout`

/** For the visitor whose request is being answered: with a way out, if there is a session. */
export async function nextPlace(): Promise<PagePlace> {
  const isLoggedIn = processDoor().sessions?.isGoingOn((await headers()).get('cookie')) === true
  return { doors: isLoggedIn ? { ...DOORS, logout: LOGOUT } : DOORS, ownRoutes: OWN_ROUTES }
}
