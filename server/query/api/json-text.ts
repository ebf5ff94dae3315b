// JSON in pieces, so that a large answer is neither one text nor one long task.
import { beginSlices } from '../../slices'

/** The pieces of a text, each the work of microseconds. */
export type TextPieces = Iterable<string>

/** How much is handed over at a time, in UTF-16 units. */
const CHUNK_LENGTH = 64 * 1024

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

/** The body of a response: the text itself where it is short, else a stream that is written as it is read. */
export async function bodyOf(pieces: TextPieces): Promise<string | ReadableStream<Uint8Array>> {
  const next = chunksOf(pieces)
  const first = await next()
  if (first.isLast) return first.text
  let ahead: Chunk | undefined = first
  return new ReadableStream(
    {
      async pull(controller) {
        const { isLast, text } = ahead ?? (await next())
        ahead = undefined
        controller.enqueue(Buffer.from(text))
        if (isLast) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

type Chunk = { text: string; isLast: boolean }

/** Each call gives the next chunk; other requests have their turn in between. */
function chunksOf(pieces: TextPieces): () => Promise<Chunk> {
  const iterator = pieces[Symbol.iterator]()
  const slices = beginSlices()
  return async () => {
    let text = ''
    while (text.length < CHUNK_LENGTH) {
      if (slices.isOver()) await slices.next()
      const { done, value } = iterator.next()
      if (done) return { text, isLast: true }
      text += value
    }
    return { text, isLast: false }
  }
}
