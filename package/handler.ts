// Everything below one base path, for every way in which an app may serve it.
import { errorsQuestion, viewQuestion } from '@/app/dashboard/view-question'
import { answerAsset } from '@/server/web/assets'
import { errorsDocument, overviewDocument, statusDocument } from '@/server/web/document'
import type { Door } from '@/server/web/door'
import type { Web } from '@/server/web/web'
import { createWeb } from '@/server/web/web'

/** `publicBase` is what browsers know as the base path, where that is not what a request has. */
export function createHandler(door: Door, base: string, publicBase = base): Web {
  const pages: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
    '/': (request) => overviewDocument(publicBase, new URL(request.url), viewQuestion, isLoggedIn(request)),
    '/explore': (request) => statusDocument(publicBase, 'explore', isLoggedIn(request)),
    '/all-metrics': (request) => statusDocument(publicBase, 'metrics', isLoggedIn(request)),
    '/boards': (request) => statusDocument(publicBase, 'boards', isLoggedIn(request)),
    '/errors': (request) => errorsDocument(publicBase, new URL(request.url), errorsQuestion, isLoggedIn(request)),
  }
  return createWeb({
    base,
    publicBase,
    door,
    asset: answerAsset,
    page: (path) => (Object.hasOwn(pages, path) ? pages[path] : undefined),
  })

  function isLoggedIn({ headers }: Request): boolean | undefined {
    return door.sessions?.isGoingOn(headers.get('cookie'))
  }
}
