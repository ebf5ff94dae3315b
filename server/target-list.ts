// The other targets to scrape, as SCRAPE_TARGETS lists them.
import { authorizationOf } from './login'

/** Where a target's metrics are, and what its series are called. */
export type TargetAddress = {
  job: string
  /** Host and port; the port is always named. */
  instance: string
  /** Without a login. */
  url: string
  /** The Authorization header, where the URL had a login. */
  authorization: string | undefined
}

const NAMED = /^(?:([^=/?#]+)=\s*)?(https?:\/\/.+)$/is

/**
 * `http://orders:8000/metrics,billing=https://user:password@10.0.0.7/metrics`: URLs between commas, each with its job
 * before it if that isn't to be the host's name. A comma in a URL is written %2C. Undefined for anything else.
 */
export function parseTargetList(text: string): TargetAddress[] | undefined {
  const addresses = text.split(',').map(parseTarget)
  return addresses.every((address) => address !== undefined) ? addresses : undefined
}

function parseTarget(text: string): TargetAddress | undefined {
  const [, name, address = ''] = NAMED.exec(text.trim()) ?? []
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const { hostname, port, protocol, origin, pathname, search } = url
  const authorization = authorizationOf(url)
  const instance = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
  return { job: name?.trim() || hostname, instance, url: origin + pathname + search, authorization }
}
