// Where a person gives the token: a page of its own that needs no script, and what it posts to.
import { randomBytes } from 'node:crypto'
import { BodyRefused, readRequestBody } from '../bounded-body'
import type { Door, Refusal } from './door'
import { refused } from './door'
import { escapeHtml } from './escape-html'
import { plainAnswer } from './plain-answer'
import { pagePolicy } from './security-headers'

const LONGEST_FORM_BYTES = 8 * 1024
const FORM_TIMEOUT_MS = 10_000

/** The answer to somebody who may not look at a page: a page for a browser, plain words for others. */
export function refusePage(request: Request, refusal: Refusal, base: string): Response {
  const wantsPage = request.headers.get('accept')?.includes('text/html') === true
  return (wantsPage ? undefined : refused(refusal, 'page')) ?? loginPage(refusal, base)
}

/** Why, and where there is a token, a form to give it. */
function loginPage({ status, reason, canLogIn, retryAfterSeconds }: Refusal, base: string): Response {
  const nonce = randomBytes(16).toString('base64')
  const headers = new Headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': pagePolicy(nonce),
    // Without a referrer a browser would send no origin with the form, and could not be told from a page elsewhere.
    'Referrer-Policy': 'same-origin',
  })
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds))
  const form = `<form method="post" action="${escapeHtml(base)}/login">
<input name="username" value="hearth" autocomplete="username" hidden>
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button>Log in</button>
</form>`
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in · Hearth</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
<main>
<p class="brand">Hearth</p>
<h1>${canLogIn ? 'Log in' : 'Access denied'}</h1>
<p role="alert">${escapeHtml(reason)}</p>
${canLogIn ? form : ''}
</main>
</html>
`
  return new Response(html, { status, headers })
}

/**
 * GET shows the form; POST takes the token from it, and sends whoever has it to the first page, with a session for what
 * lies below `cookiePath`.
 */
export async function answerLogin(request: Request, door: Door, base: string, cookiePath = base): Promise<Response> {
  return door.answered(request, await login(request, door, base, cookiePath))
}

/** POST ends the session of the browser that asks. */
export function answerLogout(request: Request, door: Door, base: string, cookiePath = base): Response {
  const { sessions } = door
  if (request.method !== 'POST') return door.answered(request, onlyPost())
  const foreign = door.foreignRefusal(request)
  const response = refused(foreign, 'data') ?? redirect(`${base}/login`)
  if (foreign === undefined && sessions?.isGoingOn(request.headers.get('cookie')))
    response.headers.set('Set-Cookie', sessions.end(cookiePath, isHttps(request)))
  return door.answered(request, response)
}

async function login(request: Request, door: Door, base: string, cookiePath: string): Promise<Response> {
  const { sessions } = door
  if (request.method === 'GET' || request.method === 'HEAD') {
    const refusal = await door.refusalOf(request, 'page')
    return refusal === undefined ? redirect(base || '/') : refusePage(request, refusal, base)
  }
  if (request.method !== 'POST') return onlyPost()
  if (sessions === undefined) {
    return loginPage(
      { status: 403, reason: 'There is no token to log in with: set HEARTH_TOKEN, and start anew.' },
      base,
    )
  }
  try {
    const form = new URLSearchParams((await readRequestBody(request, LONGEST_FORM_BYTES, FORM_TIMEOUT_MS)).toString())
    const refusal = door.tryToken(request, form.get('token') ?? '')
    if (refusal !== undefined) return loginPage({ ...refusal, canLogIn: true }, base)
  } catch (error) {
    if (!(error instanceof BodyRefused)) throw error
    return loginPage({ status: 403, reason: error.message, canLogIn: true }, base)
  }
  const response = redirect(base || '/')
  response.headers.set('Set-Cookie', sessions.begin(cookiePath, isHttps(request)))
  return response
}

/** A relative one: this server may be known under another name than it knows itself. */
const redirect = (location: string): Response => new Response(null, { status: 303, headers: { Location: location } })

const onlyPost = (): Response => plainAnswer(405, 'Expected POST.', { Allow: 'POST' })

/** Whether the browser speaks https, to this server or to a proxy before it. */
function isHttps({ headers, url }: Request): boolean {
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' || url.startsWith('https:')
}

const STYLE = `
:root { color-scheme: light dark }
body { margin: 0; background: light-dark(#f6f5f3, #100f0e); color: light-dark(#1d1b18, #f1eee9); font: 14px/1.45 system-ui, sans-serif }
main { max-width: 340px; margin: 16vh auto 0; padding: 24px; display: grid; gap: 12px }
.brand { color: light-dark(#d9480f, #ff8a3d); font-weight: 600; margin: 0 }
h1 { font-size: 22px; font-weight: 600; letter-spacing: -0.02em; margin: 12px 0 0 }
p { color: light-dark(#57524b, #b3aca3); margin: 0; overflow-wrap: anywhere }
form { display: grid; gap: 8px; margin-top: 8px }
input, button { font: inherit; color: inherit; background: light-dark(#fff, #181715); border: 1px solid light-dark(#8d867c, #7d776f); border-radius: 8px; padding: 8px 12px }
button { cursor: pointer; background: light-dark(#1d1b18, #f1eee9); color: light-dark(#fff, #100f0e); border: 0 }
:focus-visible { outline: 2px solid light-dark(#d9480f, #ff8a3d); outline-offset: 2px }
`
