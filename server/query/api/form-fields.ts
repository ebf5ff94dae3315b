// The fields in the text of a form, of either kind. Both are read in slices (server/slices.ts): a body that is nothing
// but escapes or parts is long work, of which undici's formData() would make one turn of a second.
import { quoteText } from '../../promql/go-quote'
import { badData } from './api-error'

/** As many as Go reads. */
const MOST_FIELDS = 10_000
const STEP_BYTES = 1_024
const LONGEST_PART_HEADER_BYTES = 4 * 1024

const [AND, EQUALS, SEMICOLON, PERCENT, PLUS, SPACE] = [0x26, 0x3d, 0x3b, 0x25, 0x2b, 0x20]

/** What isn't UTF-8 becomes replacement characters, as it does in Go's JSON. */
export type Fields = {
  pairs: [name: string, value: string][]
  /** Go's words for the first field that can't be read. */
  malformed: string | undefined
}

class MalformedField extends Error {}

/** Throws ApiError for too many fields. */
export function* urlencodedFields(form: Buffer): Generator<void, Fields> {
  const fields: Fields = { pairs: [], malformed: undefined }
  let count = 0
  for (let start = 0; start < form.length; start++) {
    if (start % STEP_BYTES === 0) yield
    if (form[start] === AND) continue
    const field = upTo(AND, form.subarray(start))
    start += field.length
    yield
    refuseMoreThanMost(++count)
    try {
      fields.pairs.push(yield* readField(field))
    } catch (error) {
      if (!(error instanceof MalformedField)) throw error
      fields.malformed ??= error.message
    }
  }
  return fields
}

function* readField(field: Buffer): Generator<void, [string, string]> {
  if (field.includes(SEMICOLON)) throw new MalformedField('invalid semicolon separator in query')
  const name = upTo(EQUALS, field)
  return [yield* unescaped(name), yield* unescaped(field.subarray(name.length + 1))]
}

function upTo(byte: number, text: Buffer): Buffer {
  const at = text.indexOf(byte)
  return at < 0 ? text : text.subarray(0, at)
}

function* unescaped(text: Buffer): Generator<void, string> {
  if (!text.includes(PERCENT) && !text.includes(PLUS)) return text.toString()
  const bytes = Buffer.alloc(text.length)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const byte = text[i] ?? 0
    if (byte === PERCENT) {
      const escaped = hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2])
      if (Number.isNaN(escaped)) {
        throw new MalformedField(`invalid URL escape ${quoteText(text.subarray(i, i + 3).toString())}`)
      }
      bytes[length++] = escaped
      i += 2
    } else bytes[length++] = byte === PLUS ? SPACE : byte
    if (length % STEP_BYTES === 0) yield
  }
  return bytes.toString('utf8', 0, length)
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : Number.NaN
}

/** Files are no fields. Throws ApiError for too many parts. */
export function* multipartFields(form: Buffer, contentType: string): Generator<void, Fields> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))\s*(?:;|$)/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) return { pairs: [], malformed: 'no multipart boundary param in Content-Type' }
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const cutOff = { pairs: [], malformed: 'multipart: NextPart: EOF' }
  const fields: Fields = { pairs: [], malformed: undefined }

  // The first delimiter may be all that precedes the first part: then the line break is left out.
  let end = form.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2)) ? -2 : form.indexOf(delimiter)
  for (let count = 1; end !== -1; count++) {
    const start = end + delimiter.length
    if (form.toString('latin1', start, start + 2) === '--') return fields
    refuseMoreThanMost(count)
    const header = form.subarray(start, start + LONGEST_PART_HEADER_BYTES)
    const headerLength = header.indexOf('\r\n\r\n')
    if (headerLength === -1) return cutOff
    end = form.indexOf(delimiter, start + headerLength + 2)
    const name = fieldNameOf(header.toString('utf8', 0, headerLength))
    if (name !== undefined && end !== -1) {
      fields.pairs.push([name, form.toString('utf8', start + headerLength + 4, end)])
    }
    yield
  }
  return cutOff
}

function fieldNameOf(header: string): string | undefined {
  const [, parameters = ''] = /^content-disposition:[ \t]*form-data[ \t]*(;.*)$/im.exec(header) ?? []
  if (/;[ \t]*filename\*?=/i.test(parameters)) return undefined
  const [, quoted, plain] = /;[ \t]*name=(?:"([^"]*)"|([^\s";]+))/i.exec(parameters) ?? []
  return quoted ?? plain
}

function refuseMoreThanMost(count: number): void {
  if (count > MOST_FIELDS) throw badData(`error parsing form values: expected at most ${MOST_FIELDS} fields, got more`)
}
