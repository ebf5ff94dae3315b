// The one handler: everything that Hearth shows is below one base path and answers a Request.
import { answerScrape, refuseMethod } from '../exposition/endpoint/answer-scrape'
import { metricHandler } from '../instrument/metric-handler'
import { processRegistry } from '../instrument/registry'
import { logError } from '../log'
import { processApi } from '../query/api/process-api'
import { handleTrpc } from '../trpc/handle'
import { answerAnnotations } from './annotations'
import type { Door } from './door'
import { answerLogin, answerLogout, refusePage } from './login-page'
import { plainAnswer } from './plain-answer'

export type WebOptions = {
  /** Where it lies: empty, or a path such as `/hearth`, without a slash at its end. */
  base: string
  /** The same as browsers know it, where a request has another one: of links and cookies. */
  publicBase?: string | undefined
  door: Door
  /** Makes the page of a path below the base, such as `/` or `/explore`; undefined where there is none. */
  page(path: string): ((request: Request) => Promise<Response>) | undefined
  /** Answers for the file of a name below `/assets/`, whether there is one or not. */
  asset(request: Request, name: string): Promise<Response>
}

/** Answers whatever comes; its promise is never rejected. */
export type Web = (request: Request) => Promise<Response>

const ANNOTATIONS = '/api/annotations'
const TRPC = '/api/trpc'
const PROMETHEUS = '/prometheus'

export function createWeb({ base, publicBase = base, door, page, asset }: WebOptions): Web {
  const data = (request: Request, answer: () => Promise<Response>) => door.guard(request, 'data', answer)

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const isBelow = pathname === base || pathname.startsWith(`${base}/`)
    const path = isBelow ? pathname.slice(base.length).replace(/(?<=.)\/$/, '') || '/' : undefined
    if (path === undefined) return door.guard(request, 'data', notFound)
    if (path === '/metrics' || path === '/api/metrics') return answerMetrics(request, door)
    if (path === ANNOTATIONS) return data(request, () => answerAnnotations(request))
    if (isAtOrBelow(path, TRPC)) return data(request, () => handleTrpc(request, `${base}${TRPC}`))
    if (isAtOrBelow(path, PROMETHEUS)) {
      return data(request, () => processApi()(request, `${base}${PROMETHEUS}`))
    }
    if (path.startsWith('/assets/')) {
      // They are the same for everybody, and tell nothing.
      return door.answered(request, await asset(request, path.slice('/assets/'.length)))
    }
    if (path === '/login') return answerLogin(request, door, publicBase)
    if (path === '/logout') return answerLogout(request, door, publicBase)
    if (request.method !== 'GET' && request.method !== 'HEAD') return door.guard(request, 'data', notFound)
    const show = page(path)
    if (show === undefined) return door.guard(request, 'data', notFound)
    return guardPage(request, door, publicBase, () => show(request))
  }

  return async (request) => {
    try {
      return await answer(request)
    } catch (error) {
      logError('a request could not be answered.', error)
      return door.guard(request, 'data', () =>
        plainAnswer(500, 'This could not be answered: the log of the server has why.'),
      )
    }
  }
}

/** A scrape, for whoever has a token that is for it. */
export async function answerMetrics(request: Request, door: Door): Promise<Response> {
  const canRead = request.method === 'GET' || request.method === 'HEAD'
  const response = await door.guard(request, 'metrics', () => (canRead ? answerScrape(request) : refuseMethod()))
  if (response.status === 401) metricHandler(processRegistry()).requestsTotal.inc({ code: '401' })
  return response
}

/** A page to whoever may look; others are asked for the token, or told how to get in. */
async function guardPage(
  request: Request,
  door: Door,
  base: string,
  show: () => Response | Promise<Response>,
): Promise<Response> {
  const refusal = await door.refusalOf(request, 'page')
  const answer = () => (refusal === undefined ? show() : refusePage(request, refusal, base))
  return door.answered(request, await answer())
}

function isAtOrBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`)
}

/** Plain words, for whoever may look. */
export const notFound = (): Response => plainAnswer(404, 'There is nothing here.')
