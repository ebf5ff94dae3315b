// Whether a request brings the token that METRICS_TOKEN wants.
import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether `authorization` is `Bearer <token>`. It takes the same time for every wrong token, however close it comes. */
export function hasBearerToken(authorization: string | null, token: string): boolean {
  const [, sent = ''] = /^bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  return timingSafeEqual(digest(sent), digest(token))
}

/** Of the same length for every text, as timingSafeEqual wants it. */
const digest = (text: string) => createHash('sha256').update(text).digest()
