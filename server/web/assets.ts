// The prebuilt client's files over HTTP. Their names change with their content, so a browser loads each once.
import { promisify } from 'node:util'
import { brotliDecompress, gzip } from 'node:zlib'
import Negotiator from 'negotiator'
import { currentResponse } from '../current-response'
import type { ClientAssets, ClientFile } from './client-assets'
import { plainAnswer } from './plain-answer'

const FOR_EVER = 'public, max-age=31536000, immutable'

type Encoding = 'br' | 'gzip' | 'identity'

/**
 * The files, loaded at the first call: half a megabyte that a process which nobody looks at doesn't need. Throws an Error
 * where the client was not built.
 */
export async function loadClientAssets(): Promise<ClientAssets> {
  const { clientAssets } = await import('@/server/web/client-assets')
  if (clientAssets !== undefined) return clientAssets
  throw new Error('The dashboard’s files are not built: `npm start`, `npm run dev` and `npm run package` build them.')
}

let door: Promise<AssetDoor> | undefined

/**
 * Answers for the file called `name`, the path's last part as the client sent it. 404 for what is no file, 405 for what
 * doesn't read. Rejects where the client was not built.
 */
export async function answerAsset(request: Request, name: string): Promise<Response> {
  door ??= loadClientAssets().then(createAssetDoor)
  return (await door)(request, name)
}

type AssetDoor = ReturnType<typeof createAssetDoor>

/** Only a file's name counts, and nothing is read from the disk. */
export function createAssetDoor({ files }: ClientAssets) {
  const answers = new Map(Object.entries(files).map(([name, file]) => [name, createBodies(file)]))

  return async (request: Request, name: string): Promise<Response> => {
    const { method, headers } = request
    if (method !== 'GET' && method !== 'HEAD') return plainAnswer(405, 'Files can only be read: GET or HEAD.', ALLOW)
    const file = answers.get(name)
    if (file === undefined) return plainAnswer(404, 'There is no such file.', NOT_KEPT)
    // Next drops the encoding of a handler's response, but leaves the one that Node's response has already.
    const nodeResponse = currentResponse()
    const encoding = nodeResponse === undefined ? 'identity' : preferred(headers.get('accept-encoding'), file.encodings)
    const body = await file.body(encoding)
    const encoded = encoding === 'identity' ? undefined : { 'content-encoding': encoding }
    const length = { 'content-length': String(body.length) }
    for (const [header, value] of Object.entries({ ...encoded, ...length })) nodeResponse?.setHeader(header, value)
    return new Response(method === 'HEAD' ? null : body, {
      headers: {
        'content-type': file.type,
        'cache-control': FOR_EVER,
        'x-content-type-options': 'nosniff',
        vary: 'Accept-Encoding',
        ...encoded,
        ...length,
      },
    })
  }
}

const NOT_KEPT = { 'Cache-Control': 'no-store' }
const ALLOW = { ...NOT_KEPT, Allow: 'GET, HEAD' }

/** The bodies of a file, each made when it is first wanted, beside the event loop. */
function createBodies({ type, encoding, base64 }: ClientFile) {
  const made = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>()
  const body = (wanted: Encoding): Promise<Uint8Array<ArrayBuffer>> => {
    const known = made.get(wanted)
    if (known !== undefined) return known
    const making = make(wanted)
    made.set(wanted, making)
    return making
  }
  async function make(wanted: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    if (wanted === encoding) return new Uint8Array(Buffer.from(base64, 'base64'))
    if (wanted === 'gzip') return new Uint8Array(await promisify(gzip)(await body('identity')))
    return new Uint8Array(await promisify(brotliDecompress)(await body('br')))
  }
  const encodings: Encoding[] = encoding === 'br' ? ['br', 'gzip', 'identity'] : ['identity']
  return { type, encodings, body }
}

/** `encodings` begin with the shortest; browsers name those that they take in no order. */
function preferred(acceptEncoding: string | null, encodings: Encoding[]): Encoding {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': acceptEncoding ?? 'identity' } })
  const accepted = negotiator.encodings(encodings)
  return encodings.find((encoding) => accepted.includes(encoding)) ?? 'identity'
}
