// Everything below one base path, for every way in which an app may serve it.
import { viewQuestion } from '@/app/dashboard/view-question'
import { answerAsset } from '@/server/web/assets'
import { exploreDocument, overviewDocument } from '@/server/web/document'
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
    page: (path) => (path === '/' ? showOverview : path === '/explore' ? showExplore : undefined),
  })

  function showOverview(request: Request): Promise<Response> {
    return overviewDocument(publicBase, new URL(request.url), viewQuestion, isLoggedIn(request))
  }

  function showExplore(request: Request): Promise<Response> {
    return exploreDocument(publicBase, isLoggedIn(request))
  }

  function isLoggedIn({ headers }: Request): boolean | undefined {
    return door.sessions?.isGoingOn(headers.get('cookie'))
  }
}
