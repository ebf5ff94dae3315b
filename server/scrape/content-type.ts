// Whether the Content-Type of an answer says that it is an exposition, by the rules of Prometheus 3, which are Go's.

const MEDIA_TYPES = ['application/openmetrics-text', 'text/plain']

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z{}-]+"
const TYPE = new RegExp(`^${TOKEN}(?:/${TOKEN})?$`)
/** A backslash hides a character that means something, and is one itself before any other. */
const PARAMETER = new RegExp(
  `^\\s*;\\s*(${TOKEN})\\s*=\\s*(${TOKEN}|"(?:\\\\[()<>@,;:\\\\"/\\[\\]?=]|\\\\(?![()<>@,;:\\\\"/\\[\\]?=])|[^"\\\\])*")`,
)

/** Throws an Error in words unless it is one; `contentType` is the field as it came. */
export function requireExposition(contentType: string): void {
  const [type = ''] = contentType.split(';', 1)
  const mediaType = type.trim().toLowerCase()
  if (!TYPE.test(mediaType) || !MEDIA_TYPES.includes(mediaType)) {
    throw new Error(`expected ${MEDIA_TYPES.join(' or ')} as the Content-Type, got ${JSON.stringify(mediaType)}`)
  }
  // Node has decoded it as Latin-1.
  const parameters = Buffer.from(contentType.slice(type.length), 'latin1').toString()
  if (areParameters(parameters)) return
  throw new Error(
    `expected parameters such as ;version=0.0.4 behind the Content-Type, got ${JSON.stringify(parameters)}`,
  )
}

/** One may come twice if its value is the same, and a semicolon may stand at the end. */
function areParameters(text: string): boolean {
  const known = new Map<string, string>()
  let rest = text
  while (rest.trim() !== '' && rest.trim() !== ';') {
    const [whole, name = '', value = ''] = PARAMETER.exec(rest) ?? []
    if (whole === undefined) return false
    const before = known.get(name.toLowerCase())
    const plain = unquoted(value)
    if (before !== undefined && before !== plain) return false
    known.set(name.toLowerCase(), plain)
    rest = rest.slice(whole.length)
  }
  return true
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  return value.slice(1, -1).replace(/\\([()<>@,;:\\"/[\]?=])/g, '$1')
}
