// How long a server asks to be left alone, by the header Retry-After.

/** A server may ask for so much. */
const LONGEST_ASKED_PAUSE_MS = 300_000

/** Milliseconds, 5 minutes at most. Undefined where an answer with this status is not to be heeded, or says nothing that can be. */
export function askedPauseMs({ headers, status }: Pick<Response, 'headers' | 'status'>): number | undefined {
  const asked = headers.get('retry-after')
  if (asked === null || (status !== 429 && status !== 503)) return undefined
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now()
  return ms > 0 ? Math.min(ms, LONGEST_ASKED_PAUSE_MS) : undefined
}
