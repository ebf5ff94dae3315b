// JSON in pieces, so that a large answer is neither one text nor one long task.
import { beginSlices } from '../../slices'

/** The pieces of a text, as text or in UTF-8, each the work of microseconds. */
export type TextPieces = Iterable<string | Uint8Array>

/** How much is handed over at a time, in bytes. */
const CHUNK_LENGTH = 256 * 1024

/** A value that is small. */
export function jsonValue(value: unknown): TextPieces {
  return [JSON.stringify(value)]
}

/** A list of any length, one piece for each of its elements. */
export function* jsonList<T>(list: Iterable<T>, write: (one: T) => string): TextPieces {
  let separator = '['
  for (const one of list) {
    yield separator + write(one)
    separator = ','
  }
  yield separator === '[' ? '[]' : ']'
}

/** The body of a response: all of it where it is short, else a stream that is written as it is read. */
export async function bodyOf(pieces: TextPieces): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  const next = chunksOf(pieces)
  const first = await next()
  if (first.isLast) return first.bytes
  let ahead: Chunk | undefined = first
  return new ReadableStream(
    {
      async pull(controller) {
        const { bytes, isLast } = ahead ?? (await next())
        ahead = undefined
        controller.enqueue(bytes)
        if (isLast) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

type Chunk = { bytes: Uint8Array<ArrayBuffer>; isLast: boolean }

/** Each call gives the next chunk; other requests have their turn in between. */
function chunksOf(pieces: TextPieces): () => Promise<Chunk> {
  const iterator = pieces[Symbol.iterator]()
  const slices = beginSlices()
  return async () => {
    const parts: Uint8Array[] = []
    let length = 0
    let isLast = false
    while (length < CHUNK_LENGTH && !isLast) {
      if (slices.isOver()) await slices.next()
      const { done, value } = iterator.next()
      if (done) isLast = true
      else {
        const part = typeof value === 'string' ? Buffer.from(value) : value
        parts.push(part)
        length += part.length
      }
    }
    return { bytes: Buffer.concat(parts, length), isLast }
  }
}
