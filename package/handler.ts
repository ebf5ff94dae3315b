// Everything below one base path, for every way in which an app may serve it.
import { viewQuestion } from '@/app/dashboard/view-question'
import { answerAsset } from '@/server/web/assets'
import { dashboardDocument } from '@/server/web/document'
import type { Door } from '@/server/web/door'
import type { Web } from '@/server/web/web'
import { createWeb } from '@/server/web/web'

/** `publicBase` is what browsers know as the base path, where that is not what a request has. */
export function createHandler(door: Door, base: string, publicBase = base): Web {
  return createWeb({
    base,
    publicBase,
    door,
    asset: answerAsset,
    page: (path) => (path === '/' ? showDashboard : undefined),
  })

  function showDashboard({ headers, url }: Request): Promise<Response> {
    const isLoggedIn = door.sessions?.isGoingOn(headers.get('cookie'))
    return dashboardDocument(publicBase, new URL(url), viewQuestion, isLoggedIn)
  }
}
