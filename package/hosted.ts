// A route file, an API route or a listener of the app answers with the handler that `register` has put into the process. So they
// don't contain it themselves, and there is one copy of everything.
import { perProcess } from '@/server/per-process'

export type HearthOptions = {
  /** The path below which everything lies, such as `/hearth`: empty for the root. */
  base?: string
  /**
   * Whether a request may look, as the app's own session knows. It is given the request's head, without a body. Asked where
   * HEARTH_TOKEN was not brought; without both, in production, nobody may.
   */
  authorize?: (request: Request) => boolean | Promise<boolean>
}

/** Answers what lies below `base`; `publicBase` is what browsers know it as, where that is another path. */
export type Answer = (request: Request, base: string, publicBase?: string) => Promise<Response>

type Host = { open?: (authorize: HearthOptions['authorize']) => Answer }

/** Empty until `register` has run. */
export const host = (): Host => perProcess('host', () => ({}))

/** Throws a TypeError for a base that is no path. */
export function requireBase(base: string): void {
  if (/^(?:\/[^/?#\s]+)*$/.test(base)) return
  const got = JSON.stringify(base)
  throw new TypeError(`expected a path such as /hearth as the base, without a slash at its end, got ${got}`)
}

/** Opens the handler at the first request: a build has no process to answer for. Its promise is never rejected. */
export function openLater(authorize: HearthOptions['authorize']): Answer {
  let answer: Answer | undefined
  return async (request, base, publicBase) => {
    answer ??= host().open?.(authorize)
    return (await answer?.(request, base, publicBase)) ?? notRegistered()
  }
}

function notRegistered(): Response {
  const text =
    'Hearth has not begun: register() runs from instrumentation.ts, or with node --import hearth-metrics/register.\n'
  return new Response(text, { status: 503, headers: { 'Cache-Control': 'no-store', 'Retry-After': '1' } })
}
