// The body of an answer as text: unpacked, and bounded while it comes in.
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { LineMeter } from './line-meter'

/** Of the unpacked body. */
const BODY_LIMIT_MB = 32

/** A line is parsed in one turn of the event loop: a label of megabytes would keep everybody waiting for seconds. */
const LINE_LIMIT_KB = 64

/**
 * Rejects as soon as the body is too large, has too long a line or too many samples, or where it is cut off, damaged or
 * not UTF-8.
 */
export async function readBody(answer: IncomingMessage, sampleLimit: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const lines = new LineMeter()
  let bytes = 0
  let text = ''
  for await (const chunk of unpacked(answer)) {
    bytes += chunk.length
    if (bytes > BODY_LIMIT_MB * 1_000_000) throw new Error(`body larger than ${BODY_LIMIT_MB} MB`)
    lines.add(chunk)
    if (lines.longest > LINE_LIMIT_KB * 1000) throw new Error(`line longer than ${LINE_LIMIT_KB} KB`)
    if (lines.samples > sampleLimit) throw new Error(`more than ${sampleLimit} samples, which is SERIES_LIMIT`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function unpacked(answer: IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity') return answer
  if (encoding !== 'gzip') throw new Error(`expected gzip or no Content-Encoding, got ${JSON.stringify(encoding)}`)
  // Whoever reads gets the errors of both.
  return pipeline(answer, createGunzip(), () => {})
}
