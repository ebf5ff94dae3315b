// The body of an answer as text: unpacked, and bounded while it comes in.
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SampleLineCounter } from './sample-line-counter'

/** Of the unpacked body. */
const BODY_LIMIT_MB = 32

/** Rejects as soon as the body is too large or has too many samples, or where it is cut off, damaged or not UTF-8. */
export async function readBody(answer: IncomingMessage, sampleLimit: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const lines = new SampleLineCounter()
  let bytes = 0
  let text = ''
  for await (const chunk of unpacked(answer)) {
    bytes += chunk.length
    if (bytes > BODY_LIMIT_MB * 1_000_000) throw new Error(`body larger than ${BODY_LIMIT_MB} MB`)
    if (lines.add(chunk) > sampleLimit) throw new Error(`more than ${sampleLimit} samples, which is SERIES_LIMIT`)
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
