// An HTTP GET that follows redirects. It uses Node's own client, because fetch accepts a truncated gzip body and refuses some
// ports.
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { expectAnswer, HEAD_LIMIT_BYTES } from './answer-rewriter'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** As Prometheus, which stops after 10 requests. */
const REDIRECT_LIMIT = 9

export type GetOptions = {
  headers: http.OutgoingHttpHeaders
  /** The Authorization header, which only the origin of the first URL gets. */
  authorization: string | undefined
  /** The address of the first URL's host to connect to: else that which the system resolves. */
  host?: string | undefined
  signal: AbortSignal
}

/** The answer that isn't a redirect, its body unread: who doesn't read it has to destroy it. */
export async function getFollowing(
  start: URL,
  { headers, authorization, host, signal }: GetOptions,
): Promise<http.IncomingMessage> {
  let url = start
  for (let redirects = 0; redirects <= REDIRECT_LIMIT; redirects++) {
    const isStart = url.origin === start.origin
    const answer = await get(url, {
      headers: {
        ...headers,
        ...(isStart && authorization !== undefined && { authorization }),
        ...(isStart && host !== undefined && { Host: url.host }),
      },
      ...(isStart && host !== undefined && connectedTo(host, url)),
      signal,
    })
    const { location } = answer.headers
    if (location === undefined || !REDIRECTS.has(answer.statusCode ?? 0)) return answer
    answer.destroy()
    url = redirected(url, location)
  }
  throw new Error(`more than ${REDIRECT_LIMIT} redirects`)
}

/** Not by a `lookup`: connections are kept by the name that they were made for, whatever it was resolved to. */
function connectedTo(host: string, { hostname }: URL): https.RequestOptions {
  return { hostname: host, ...(isIP(hostname) === 0 && { servername: hostname }) }
}

function get(url: URL, options: http.RequestOptions): Promise<http.IncomingMessage> {
  const client = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const request = client.get(url, { ...options, maxHeaderSize: 2 * HEAD_LIMIT_BYTES }, (answer) => {
      // Node would only say that the connection was closed. What comes behind the whole answer is of no interest.
      request.on('error', (error) => {
        if (!answer.complete) answer.destroy(error)
      })
      resolve(answer)
    })
    request.once('socket', expectAnswer)
    request.on('error', (error: NodeJS.ErrnoException) => {
      // A connection kept from the last scrape may have been closed by the target just now.
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve(get(url, options))
      else reject(error)
    })
  })
}

/** Go takes no escapes that are none, but in a query, and a backslash for a character of the path. */
function redirected(from: URL, location: string): URL {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)([^#]*)(.*)$/s.exec(location) ?? []
  if (/%(?![0-9a-f]{2})/i.test(path + fragment)) throw new Error('redirected to a URL with an invalid escape')
  const plain = path.replaceAll('\\', '%5C') + query
  const to = URL.canParse(plain, from) ? new URL(plain, from) : undefined
  if (to?.protocol !== 'http:' && to?.protocol !== 'https:')
    throw new Error('redirected to a URL that is not http or https')
  to.username = ''
  to.password = ''
  return to
}
