// JSON in pieces, so that a large answer is neither one text nor one long task.
import { queryTurns } from '../../promql/turns'

/** The pieces of a text, as text or in UTF-8, each the work of microseconds. */
export type TextPieces = Iterable<string | Uint8Array>

/** How much is handed over at a time, in bytes. */
const CHUNK_LENGTH = 256 * 1024

/** A value that is small. */
export function jsonValue(value: unknown): TextPieces {
  return [JSON.stringify(value)]
}

/**
 * Any value that JSON can say, however large: of what is small, many parts are written at a time. A part that is
 * undefined is left out of an object, as JSON.stringify does.
 */
export function* jsonPieces(value: unknown): TextPieces {
  if (partsOf(value, PARTS_AT_ONCE) <= PARTS_AT_ONCE) yield JSON.stringify(value) ?? 'null'
  else if (Array.isArray(value)) yield* arrayPieces(value)
  else yield* objectPieces(Object(value))
}

/** How many parts are written at a stretch. */
const PARTS_AT_ONCE = 256

function* arrayPieces(list: readonly unknown[]): TextPieces {
  let separator = '['
  let begin = 0
  let parts = 0
  for (const [i, one] of list.entries()) {
    const count = partsOf(one, PARTS_AT_ONCE)
    if (parts + count <= PARTS_AT_ONCE) {
      parts += count
      continue
    }
    if (i > begin) {
      yield separator + JSON.stringify(list.slice(begin, i)).slice(1, -1)
      separator = ','
    }
    begin = i
    parts = count
    if (count <= PARTS_AT_ONCE) continue
    yield separator
    yield* jsonPieces(one)
    separator = ','
    begin = i + 1
    parts = 0
  }
  if (list.length > begin) yield separator + JSON.stringify(list.slice(begin)).slice(1, -1)
  yield ']'
}

function* objectPieces(value: object): TextPieces {
  let separator = '{'
  for (const [name, part] of Object.entries(value)) {
    if (part === undefined) continue
    yield `${separator}${JSON.stringify(name)}:`
    yield* jsonPieces(part)
    separator = ','
  }
  yield separator === '{' ? '{}' : '}'
}

/** How many values it is made of; more than `limit` is not counted to its end. */
function partsOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return 1
  let count = 1
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    count += partsOf(part, limit - count)
    if (count > limit) return count
  }
  return count
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

/** How long a client may take to read what was written, before the rest of the answer is given up. */
const READ_TIMEOUT_MS = 10_000

/**
 * The body of a response: all of it where it is short, else a stream that is written as it is read. `onEnd` is called
 * once, when nothing more will be written: at the end, when the client leaves, or when it has stopped reading.
 */
export async function bodyOf(
  pieces: TextPieces,
  onEnd: () => void = () => {},
): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  const next = chunksOf(pieces)
  const first = await next()
  if (first.isLast) {
    onEnd()
    return first.bytes
  }
  let ahead: Chunk | undefined = first
  let unread: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(unread)
    onEnd()
  }
  return new ReadableStream(
    {
      start(controller) {
        unread = setTimeout(() => {
          end()
          controller.error(new Error(`The client has read nothing for ${READ_TIMEOUT_MS / 1000} seconds.`))
        }, READ_TIMEOUT_MS).unref()
      },
      async pull(controller) {
        unread?.refresh()
        try {
          const { bytes, isLast } = ahead ?? (await next())
          ahead = undefined
          controller.enqueue(bytes)
          if (!isLast) return
          end()
          controller.close()
        } catch (error) {
          end()
          throw error
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  )
}

type Chunk = { bytes: Uint8Array<ArrayBuffer>; isLast: boolean }

/** Each call gives the next chunk; other requests have their turn in between. */
function chunksOf(pieces: TextPieces): () => Promise<Chunk> {
  const iterator = pieces[Symbol.iterator]()
  const turns = queryTurns()
  return async () => {
    const parts: Uint8Array[] = []
    let length = 0
    let isLast = false
    while (length < CHUNK_LENGTH && !isLast) {
      if (turns.isOver()) await turns.next()
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
