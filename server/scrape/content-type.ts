// Whether the Content-Type of an answer says that it is an exposition, by the rules of Prometheus 3, which are Go's.
import { shown } from '../exposition/characters'

const MEDIA_TYPES = ['application/openmetrics-text', 'text/plain']

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z{}-]+"
/** Go's, which are not JavaScript's. */
const SPACE = '\\p{White_Space}'
const SPACES = `${SPACE}*`
const IS_SPACE = new RegExp(SPACE, 'u')
const TYPE = new RegExp(`^${TOKEN}(?:/${TOKEN})?$`)
/** A backslash hides a character that means something, and is one itself before any other. */
const PARAMETER = new RegExp(
  `${SPACES};${SPACES}(${TOKEN})${SPACES}=${SPACES}(${TOKEN}|"(?:\\\\[()<>@,;:\\\\"/\\[\\]?=]|\\\\(?![()<>@,;:\\\\"/\\[\\]?=])|[^"\\\\])*")`,
  'uy',
)
const END = new RegExp(`${SPACES}(?:;${SPACES})?$`, 'uy')

/** Throws an Error in words unless it is one; `contentType` is the field as it came. */
export function requireExposition(contentType: string): void {
  // Node has decoded it as Latin-1.
  const text = Buffer.from(contentType, 'latin1').toString()
  const [type = ''] = text.split(';', 1)
  const mediaType = trimmed(type).toLowerCase()
  if (!TYPE.test(mediaType) || !MEDIA_TYPES.includes(mediaType)) {
    throw new Error(`expected ${MEDIA_TYPES.join(' or ')} as the Content-Type, got ${shown(mediaType)}`)
  }
  const parameters = text.slice(type.length)
  if (areParameters(parameters)) return
  throw new Error(`expected parameters such as ;version=0.0.4 after the Content-Type, got ${shown(parameters)}`)
}

/** One may come twice if its value is the same, and a semicolon may stand at the end. */
function areParameters(text: string): boolean {
  const known = new Map<string, string>()
  let end = 0
  for (;;) {
    PARAMETER.lastIndex = end
    const [whole = '', name = '', value = ''] = PARAMETER.exec(text) ?? []
    if (whole === '') break
    end += whole.length
    const before = known.get(name.toLowerCase())
    const plain = unquoted(value)
    if (before !== undefined && before !== plain) return false
    known.set(name.toLowerCase(), plain)
  }
  END.lastIndex = end
  return END.test(text)
}

/** In a time that is linear in its length. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && IS_SPACE.test(text.charAt(start))) start++
  while (end > start && IS_SPACE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  return value.slice(1, -1).replace(/\\([()<>@,;:\\"/[\]?=])/g, '$1')
}
