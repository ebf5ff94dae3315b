// A snapshot as the bytes of a response, made in slices: no other request waits long for a large one.
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { inSlices } from '../../slices'
import type { ExpositionFormat } from '../format'
import { renderChunks } from '../render'
import type { Snapshot } from '../snapshot'

export type EncodedExposition = {
  chunks: readonly Uint8Array[]
  isGzip: boolean
  /** How long the text is, uncompressed. */
  textBytes: number
}

/** A shorter text fits into one packet as it is. */
const LEAST_BYTES_FOR_GZIP = 1024

/** The text in `format`, compressed where that is accepted and worth it. Rejects when the signal is aborted. */
export async function encodeExposition(
  snapshot: Snapshot,
  { format, acceptsGzip }: { format: ExpositionFormat; acceptsGzip: boolean },
  signal: AbortSignal,
): Promise<EncodedExposition> {
  let textBytes = 0
  function* encode(): Generator<Buffer, void> {
    for (const text of renderChunks(snapshot, format)) {
      signal.throwIfAborted()
      const piece = Buffer.from(text)
      textBytes += piece.length
      yield piece
    }
  }
  const pieces = encode()
  // All but the last are long, so that a short first one is all there is.
  const first = pieces.next().value ?? Buffer.alloc(0)
  const isGzip = acceptsGzip && first.length >= LEAST_BYTES_FOR_GZIP
  const chunks = await (isGzip ? gzip(first, pieces, signal) : inSlices(list(first, pieces), 1))
  return { chunks, isGzip, textBytes }
}

/** Node compresses in a thread of its own, and asks for the next piece when it is done with one. */
async function gzip(first: Buffer, pieces: Iterable<Buffer>, signal: AbortSignal): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  await pipeline(
    prepend(first, pieces),
    createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 65_536 }),
    async (compressed: AsyncIterable<Buffer>) => {
      for await (const chunk of compressed) chunks.push(chunk)
    },
    { signal },
  )
  return chunks
}

function* prepend(first: Buffer, pieces: Iterable<Buffer>): Generator<Buffer, void> {
  yield first
  yield* pieces
}

/** Yields after each piece. */
function* list(first: Buffer, pieces: Iterable<Buffer>): Generator<void, Buffer[]> {
  const chunks = [first]
  for (const piece of pieces) {
    chunks.push(piece)
    yield
  }
  return chunks
}
