// The fields of a request: those of its URL and of the form in its body, read as Go reads them for Prometheus.
import { quoteText } from '../../promql/go-quote'
import { badData } from './api-error'

/** Go reads no longer form. */
const LONGEST_BODY = 10 * 1024 * 1024

export type Form = {
  /** The first field of that name, those of the body first; '' where there is none. */
  get(name: string): string
  all(name: string): string[]
  /** Throws ApiError for a field that can't be read; all others stand in the form as if it weren't there. */
  refuseMalformed(): void
}

/** Throws ApiError where the body is longer than 10 MiB. */
export async function readForm(request: Request): Promise<Form> {
  const inUrl = parsePairs(new URL(request.url).search.slice(1))
  if (request.method !== 'POST') return formOf([inUrl])
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded')
    return formOf([parsePairs((await readBytes(request)).toString()), inUrl])
  if (type === 'multipart/form-data') return formOf([await readMultipart(request), inUrl])
  return formOf([inUrl])
}

type Pairs = { pairs: [name: string, value: string][]; malformed: string | undefined }

function formOf(parts: Pairs[]): Form {
  const pairs = parts.flatMap((part) => part.pairs)
  const malformed = parts.find((part) => part.malformed !== undefined)?.malformed
  return {
    get: (name) => pairs.find(([own]) => own === name)?.[1] ?? '',
    all: (name) => pairs.filter(([own]) => own === name).map(([, value]) => value),
    refuseMalformed() {
      if (malformed !== undefined) throw badData(`error parsing form values: ${malformed}`)
    },
  }
}

function parsePairs(text: string): Pairs {
  const result: Pairs = { pairs: [], malformed: undefined }
  for (const field of text.split('&')) {
    if (field === '') continue
    if (field.includes(';')) {
      result.malformed ??= 'invalid semicolon separator in query'
      continue
    }
    const end = field.includes('=') ? field.indexOf('=') : field.length
    const [name, value] = [field.slice(0, end), field.slice(end + 1)]
    const wrong = /%(?![\da-fA-F]{2}).{0,2}/s.exec(`${name}=${value}`)?.[0]
    if (wrong === undefined) result.pairs.push([decode(name), decode(value)])
    else result.malformed ??= `invalid URL escape ${quoteText(wrong)}`
  }
  return result
}

/** What isn't UTF-8 becomes replacement characters, as it does in Go's JSON. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    const bytes = spaced.replace(/%([\da-fA-F]{2})|([^%]+)/gs, (_, hex?: string, plain = '') =>
      hex === undefined ? Buffer.from(plain).toString('latin1') : String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return Buffer.from(bytes, 'latin1').toString()
  }
}

async function readBytes(request: Request): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > LONGEST_BODY) throw badData('error parsing form values: http: POST too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function readMultipart(request: Request): Promise<Pairs> {
  const headers = { 'content-type': request.headers.get('content-type') ?? '' }
  const whole = new Response(await readBytes(request), { headers })
  const fields = await whole.formData().catch(() => undefined)
  if (fields === undefined) return { pairs: [], malformed: 'multipart: NextPart: EOF' }
  const pairs = [...fields.entries()].map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : '',
  ])
  return { pairs, malformed: undefined }
}
