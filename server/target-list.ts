// The other targets to scrape, as SCRAPE_TARGETS lists them: by their URLs, by a name that DNS resolves, or by files.
import path from 'node:path'
import { authorizationOf, shownUrl } from './login'

/** Where a target's metrics are, and what its series are called. */
export type TargetAddress = {
  job: string
  /** Host and port; the port is always named, except where a file names the instance. */
  instance: string
  /** Without a login. */
  url: string
  /** The Authorization header, where the URL had a login. */
  authorization: string | undefined
  /** An address of the URL's host: only that one is connected to. */
  host?: string
  /** What its series are labelled with besides `job` and `instance`. */
  labels?: Readonly<Record<string, string>>
}

/** An entry of the list that has to be looked up, again and again. */
export type SearchedTargets =
  /** Each address that DNS has for the URL's host is a target. */
  | { kind: 'dns'; name: string; address: TargetAddress }
  /** Files of Prometheus's `file_sd_configs`. `file` may have one `*`, in its last part. */
  | { kind: 'file'; name: string; job: string; file: string }

export type TargetList = { fixed: readonly TargetAddress[]; searched: readonly SearchedTargets[] }

const NAMED = /^(?:([^=/?#]+)=\s*)?(dns\+)?((https?:\/\/|file:).+)$/is
/** As in Prometheus, but for YAML. */
const FILES = /^(?:[^*]*\/)?[^*/]*(?:\*[^*/]*)?\.json$/i

/**
 * `http://orders:8000/metrics,billing=https://user:password@10.0.0.7/metrics,dns+http://shop:3000/metrics,file:nodes/*.json`:
 * entries between commas, each with its job before it if that isn't to be the host's name, or the file's. A comma in a URL is
 * written %2C. Undefined for anything else.
 */
export function parseTargetList(text: string): TargetList | undefined {
  const fixed: TargetAddress[] = []
  const searched: SearchedTargets[] = []
  for (const entry of text.split(',').map(parseEntry)) {
    if (entry === undefined) return undefined
    if ('kind' in entry) searched.push(entry)
    else fixed.push(entry)
  }
  return { fixed, searched }
}

function parseEntry(text: string): TargetAddress | SearchedTargets | undefined {
  const [, name = '', dns, where = '', scheme = ''] = NAMED.exec(text.trim()) ?? []
  const job = name.trim()
  if (scheme.toLowerCase() === 'file:')
    return dns === undefined ? parseFiles(where.slice(scheme.length), job) : undefined
  const address = parseAddress(where, job)
  if (address === undefined || dns === undefined) return address
  return { kind: 'dns', name: `${named(job)}dns+${shownUrl(address.url)}`, address }
}

function parseAddress(where: string, job: string): TargetAddress | undefined {
  if (!URL.canParse(where)) return undefined
  const url = new URL(where)
  const { hostname, origin, pathname, search } = url
  const authorization = authorizationOf(url)
  return {
    job: job || hostname,
    instance: `${hostname}:${portOf(url)}`,
    url: origin + pathname + search,
    authorization,
  }
}

const named = (job: string) => (job === '' ? '' : `${job}=`)

/** The port of a URL, also where it is the scheme's own. */
export function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}

/** `file:targets.json`, `file:/etc/hearth/*.json` and `file:///etc/hearth/*.json`. */
function parseFiles(where: string, job: string): SearchedTargets | undefined {
  const file = where.replace(/^\/\/(?=\/)/, '')
  if (!FILES.test(file)) return undefined
  const name = path
    .basename(file, path.extname(file))
    .replaceAll('*', '')
    .replace(/[-_.]$/, '')
  return { kind: 'file', name: `${named(job)}file:${file}`, job: job || name || 'file', file }
}
