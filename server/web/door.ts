// Who may look, decided here for every endpoint: /metrics, the pages, their data and the Prometheus HTTP API.
import { createHash, timingSafeEqual } from 'node:crypto'
import { logError } from '../log'
import { variableName } from '../variable-name'
import type { Head, Origins } from './cross-origin'
import { allowOrigin, crossOriginRefusal, preflightAnswer } from './cross-origin'
import { createFailedAttempts } from './failed-attempts'
import type { Peer } from './peer'
import { hostOf, isLoopbackHost, peerOf } from './peer'
import { plainAnswer } from './plain-answer'
import { secured } from './security-headers'
import type { Sessions } from './session'
import { createSessions } from './session'

/** `page`: what a person opens, `metrics`: what a scraper asks for, `data`: all else. */
export type DoorKind = 'page' | 'metrics' | 'data'

/** One of so many characters can't be guessed, so nobody needs to be kept from trying: the right one always opens. */
export const LONG_TOKEN = 32

export type DoorOptions = {
  /** Opens every door: as a bearer token, as the password of basic authentication, or by logging in. */
  token?: string | undefined
  /** Opens /metrics alone, as a bearer token. */
  metricsToken?: string | undefined
  /** A variable of one of these that is wrong: the door is closed as if it were right, and nobody has that token. */
  wrongTokens?: ReadonlySet<string> | undefined
  /** Lets the app's own session decide, where no token was brought. Whoever it throws for is not let in. */
  authorize?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /** Origins whose pages may read and ask. */
  origins?: Origins | undefined
  /**
   * Who is let in without any of these: programs and browsers of this machine, or only where the server listens on a
   * loopback address alone, or nobody.
   */
  trusts: 'here' | 'here-only' | 'nobody'
}

/** `isForToken`: a bearer token can open. `canLogIn`: so can one that is typed. */
export type Refusal = {
  status: 401 | 403 | 429 | 503
  reason: string
  retryAfterSeconds?: number
  canLogIn?: boolean
  isForToken?: boolean
}

export type Door = {
  /** There where a token is. */
  readonly sessions: Sessions | undefined
  /** The same as `refusalOf`, at once, without `authorize`, and without counting what was wrong. */
  admits(head: Head, kind: DoorKind): boolean
  /** What is to be said to whoever may not look; undefined to whoever may. */
  refusalOf(request: Request, kind: DoorKind): Promise<Refusal | undefined>
  /** Whether what was typed is the token; also a refusal where that was tried too often. */
  tryToken(request: Request, typed: string): Refusal | undefined
  /** What is to be said to a page of another origin, whatever it brings. */
  foreignRefusal(request: Request): Refusal | undefined
  /** The answer, with the headers that browsers are to keep to. */
  answered(request: Request, answer: Response): Response
  /** Answers by `answer` whoever may look, and others in plain words. */
  guard(request: Request, kind: DoorKind, answer: () => Response | Promise<Response>): Promise<Response>
}

export function createDoor(options: DoorOptions): Door {
  const { authorize, metricsToken, origins = new Set(), token, trusts, wrongTokens = new Set() } = options
  const sessions = token === undefined ? undefined : createSessions(token)
  const attempts = createFailedAttempts()

  const isOpenHere =
    token === undefined && metricsToken === undefined && authorize === undefined && wrongTokens.size === 0

  /** One of the tokens that are for such a door. */
  const tokensFor = (kind: DoorKind) =>
    [token, kind === 'metrics' ? metricsToken : undefined].filter((one) => one !== undefined)

  function admits({ headers, method }: Head, kind: DoorKind): boolean {
    if (foreignRefusal({ headers, method }, kind) !== undefined) return false
    if (isOpenHere) return refuseElsewhere(headers) === undefined
    if (sessions?.isGoingOn(headers.get('cookie'))) return true
    return isOpenedBy(broughtIn(headers.get('authorization')), kind, headers)
  }

  function isOpenedBy(brought: string | undefined, kind: DoorKind, headers: Headers): boolean {
    if (brought === undefined || !tokensFor(kind).some((one) => isSame(brought, one))) return false
    return brought.length >= LONG_TOKEN || attempts.waitSeconds(peerOf(headers).address) === 0
  }

  async function refusalOf(request: Request, kind: DoorKind): Promise<Refusal | undefined> {
    const foreign = foreignRefusal(request, kind)
    if (foreign !== undefined) return foreign
    const { headers } = request
    if (isOpenHere) return refuseElsewhere(headers)
    if (sessions?.isGoingOn(headers.get('cookie'))) return undefined
    const brought = broughtIn(headers.get('authorization'))
    if (isOpenedBy(brought, kind, headers)) return undefined
    // A header that isn't for us may be what the app's own session knows: then it is no wrong token.
    if (authorize !== undefined && (await isAuthorized(authorize, request))) return undefined
    if (brought !== undefined && tokensFor(kind).length > 0) {
      const refusal = refuseToken(headers)
      if (refusal.status === 429) return refusal
    }
    const isForToken = tokensFor(kind).length > 0
    return { status: 401, reason: howToEnter(options, kind), canLogIn: token !== undefined, isForToken }
  }

  function foreignRefusal(request: Head, kind: DoorKind = 'data'): Refusal | undefined {
    const reason = crossOriginRefusal(request, kind === 'page' ? 'page' : 'data', origins)
    return reason === undefined ? undefined : { status: 403, reason }
  }

  function answered(request: Request, answer: Response): Response {
    const response = secured(answer)
    allowOrigin(response, request, origins)
    return response
  }

  function refuseElsewhere(headers: Headers): Refusal | undefined {
    const { place } = peerOf(headers)
    if (place === 'unknown')
      return { status: 503, reason: 'This server is starting: try again in a moment.', retryAfterSeconds: 1 }
    const isTrusted = trusts === place || (trusts === 'here' && place === 'here-only')
    if (!isTrusted) return { status: 401, reason: whyNot(place, trusts) }
    const host = hostOf(headers)
    if (isLoopbackHost(host)) return undefined
    const got = JSON.stringify((host ?? '').slice(0, 100))
    return {
      status: 403,
      reason: `expected localhost or a loopback address as the Host, got ${got}: set HEARTH_TOKEN to look from elsewhere.`,
    }
  }

  /** A token was brought that doesn't open: it is counted, unless it was not looked at. */
  function refuseToken(headers: Headers): Refusal {
    const { address } = peerOf(headers)
    const retryAfterSeconds = attempts.waitSeconds(address)
    if (retryAfterSeconds > 0) return tooMany(retryAfterSeconds)
    attempts.add(address)
    return { status: 401, reason: 'Wrong token.', isForToken: true }
  }

  return {
    sessions,
    admits,
    refusalOf,
    foreignRefusal,
    answered,
    tryToken(request, typed) {
      const foreign = foreignRefusal(request)
      if (foreign !== undefined) return foreign
      return isOpenedBy(typed, 'page', request.headers) ? undefined : refuseToken(request.headers)
    },
    async guard(request, kind, answer) {
      const preflight = preflightAnswer(request, origins)
      return answered(request, preflight ?? refused(await refusalOf(request, kind), kind) ?? (await answer()))
    },
  }
}

/** Why nobody is let in for where they are, and what would open. */
function whyNot(place: Peer['place'], trusts: DoorOptions['trusts']): string {
  if (trusts === 'nobody') {
    return 'On the port of the app nobody may look without a credential: set HEARTH_TOKEN, or let the app decide (authorize).'
  }
  if (place === 'proxied') {
    return 'This came by way of a proxy (HTTP/1.0, or a header such as X-Forwarded-For), so it may be anybody’s: set HEARTH_TOKEN.'
  }
  if (place === 'here') {
    return 'This server is there for other machines too, and a proxy may stand before it: set HEARTH_TOKEN to look.'
  }
  return 'Only its own machine may look: set HEARTH_TOKEN to look from elsewhere.'
}

function howToEnter({ authorize, metricsToken, token, wrongTokens = new Set() }: DoorOptions, kind: DoorKind): string {
  if (kind === 'metrics' && (token ?? metricsToken) !== undefined) return 'The metrics want a bearer token.'
  if (token !== undefined)
    return kind === 'page'
      ? 'This dashboard wants the token that its server has as HEARTH_TOKEN.'
      : 'A token is wanted: log in, or send it as a bearer token.'
  if (authorize !== undefined) return 'Access denied: log in to this app first.'
  const [wrong] = wrongTokens
  if (wrong !== undefined) return `The variable ${wrong} is wrong, so nobody may look: the log of this server says why.`
  return `Only ${variableName('METRICS_TOKEN')} is set, which is for /metrics: set HEARTH_TOKEN to look here.`
}

function tooMany(retryAfterSeconds: number): Refusal {
  const reason = `Wrong tokens were sent too often: try again in ${retryAfterSeconds} s.`
  return { status: 429, reason, retryAfterSeconds }
}

/** A refusal as plain text; undefined where there is none. */
export function refused(refusal: Refusal | undefined, kind: DoorKind): Response | undefined {
  if (refusal === undefined) return undefined
  const { isForToken, reason, retryAfterSeconds, status } = refusal
  const answer = plainAnswer(status, reason)
  // It asks for what would help, and nothing helps where there is no token.
  if (status === 401 && kind !== 'page' && isForToken === true) answer.headers.set('WWW-Authenticate', 'Bearer')
  if (retryAfterSeconds !== undefined) answer.headers.set('Retry-After', String(retryAfterSeconds))
  return answer
}

/** The bearer token, or the password of basic authentication whoever the user is. */
function broughtIn(authorization: string | null): string | undefined {
  const [, scheme, value = ''] = /^(bearer|basic) +(\S+)$/i.exec(authorization ?? '') ?? []
  if (scheme === undefined) return undefined
  if (scheme.toLowerCase() === 'bearer') return value
  const login = Buffer.from(value, 'base64').toString('utf8')
  return login.slice(login.indexOf(':') + 1)
}

/** It takes the same time for every wrong text, however close it comes. */
function isSame(text: string, token: string): boolean {
  const digest = (of: string): Buffer => createHash('sha256').update(of).digest()
  return timingSafeEqual(digest(text), digest(token))
}

async function isAuthorized(authorize: NonNullable<DoorOptions['authorize']>, request: Request): Promise<boolean> {
  try {
    // Without the body, which is for whoever answers.
    const { headers, method, url } = request
    return (await authorize(new Request(url, { headers, method }))) === true
  } catch (error) {
    logError('authorize failed, so the request was refused.', error)
    return false
  }
}
