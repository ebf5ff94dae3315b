// Why an HTTP request failed, in words for people.
import { ExpositionError } from '../exposition/exposition-error'

const UNKNOWN_AUTHORITY = 'its certificate is by an authority that is not known here (NODE_EXTRA_CA_CERTS names one)'

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
  ['EPROTO', 'no TLS: is the target http and not https?'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is self-signed (NODE_EXTRA_CA_CERTS names those to trust)'],
  ['SELF_SIGNED_CERT_IN_CHAIN', UNKNOWN_AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT', UNKNOWN_AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNKNOWN_AUTHORITY],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNKNOWN_AUTHORITY],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host'],
])

/** One line. What has no words here keeps its message. */
export function failureWords(error: unknown): string {
  if (error instanceof ExpositionError) return `line ${error.line}: ${error.message}`
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('HPE_')) return `the answer is not HTTP: ${error.message}`
  return WORDS.get(code) ?? error.message
}
