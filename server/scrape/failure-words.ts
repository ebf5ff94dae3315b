// Why an HTTP request failed, in words for people.
import { ExpositionError } from '../exposition/exposition-error'

const WORDS = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'the connection was closed before the answer was complete'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'the connection was closed before the answer was complete'],
  ['EPIPE', 'the connection was closed before the answer was complete'],
  ['ETIMEDOUT', 'connection timed out'],
  ['EHOSTUNREACH', 'no route to the host'],
  ['ENETUNREACH', 'no route to the network of the host'],
  ['ENOTFOUND', 'the host is not known'],
  ['EAI_AGAIN', 'the name of the host could not be looked up'],
  ['Z_BUF_ERROR', 'the gzip body is cut off'],
  ['Z_DATA_ERROR', 'the gzip body is damaged'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'the body is not UTF-8'],
  ['EPROTO', 'no TLS: is the target http and not https?'],
])

/** One line. What has no words here keeps its message. */
export function failureWords(error: unknown): string {
  if (error instanceof ExpositionError) return `line ${error.line}: ${error.message}`
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('HPE_')) return `the answer is not HTTP: ${error.message}`
  return WORDS.get(code) ?? error.message
}
