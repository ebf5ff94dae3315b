// The door of the pages below /dashboard: Next renders them for whoever may look, with a policy for what they may load.
import { randomBytes } from 'node:crypto'
import type { NextRequest } from 'next/server'
import { NextResponse } from 'next/server'
import { THEME_SCRIPT } from './app/theme-script'
import { processDoor } from './server/web/process-door'
import { nextPagePolicy } from './server/web/security-headers'
import { guardPage } from './server/web/web'

export const config = { matcher: ['/dashboard', '/dashboard/((?!log(?:in|out)$).*)'] }

export function proxy(request: NextRequest): Promise<Response> {
  return guardPage(request, processDoor(), '/dashboard', () => {
    // Next reads the nonce of its own scripts there.
    const policy = nextPagePolicy(randomBytes(16).toString('base64'), THEME_SCRIPT)
    const headers = new Headers(request.headers)
    headers.set('Content-Security-Policy', policy)
    const response = NextResponse.next({ request: { headers } })
    response.headers.set('Content-Security-Policy', policy)
    return response
  })
}
