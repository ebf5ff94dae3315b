// The body of an answer as text: unpacked, and bounded while it comes in.
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { variableName } from '../variable-name'
import { CollectFailure } from './collect-failure'
import { LineMeter } from './line-meter'
import type { TargetMemory } from './series-memory'
import { Utf8Text } from './utf8-text'

export type BodyLimits = {
  sampleLimit: number
  memory: Pick<TargetMemory, 'bodyLimitBytes' | 'requireRoom'>
}

/** Bytes that are not UTF-8 stand as halves of surrogate pairs in it. */
export type Body = { text: string; isUtf8: boolean }

/** A line is parsed in one turn of the event loop: a label of megabytes would keep everybody waiting for seconds. */
const LINE_LIMIT_KB = 64

/**
 * Rejects as soon as the body is too large, has too long a line or too many samples, or where it is cut off or damaged.
 * `begin` is called when there is one, which is to say before its first byte, and may throw.
 */
export async function readBody(
  answer: IncomingMessage,
  { sampleLimit, memory }: BodyLimits,
  begin: () => void,
): Promise<Body> {
  const decoder = new Utf8Text()
  const lines = new LineMeter()
  let bytes = 0
  let text = ''
  for await (const chunk of unpacked(answer)) {
    if (bytes === 0 && chunk.length > 0) begin()
    bytes += chunk.length
    if (bytes > memory.bodyLimitBytes) {
      const kilobytes = Math.floor(memory.bodyLimitBytes / 1000)
      throw new Error(`body larger than ${kilobytes < 10_000 ? `${kilobytes} KB` : `${kilobytes / 1000} MB`}`)
    }
    lines.add(chunk)
    if (lines.longest > LINE_LIMIT_KB * 1000) throw new Error(`line longer than ${LINE_LIMIT_KB} KB`)
    if (lines.samples > sampleLimit) {
      const { samples } = lines
      const before = { samples, kept: samples, families: [] }
      throw new CollectFailure(`more than ${sampleLimit} samples, which is ${variableName('SERIES_LIMIT')}`, before)
    }
    memory.requireRoom(lines.samples, bytes)
    text += decoder.decode(chunk)
  }
  text += decoder.end()
  return { text, isUtf8: decoder.isUtf8 }
}

/** Like Prometheus, which unpacks what is called gzip, to the letter, and takes anything else as it comes. */
function unpacked(answer: IncomingMessage): Readable {
  if (answer.headers['content-encoding'] !== 'gzip') return answer
  // Whoever reads gets the errors of both.
  return pipeline(answer, createGunzip(), () => {})
}
