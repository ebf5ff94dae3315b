// Label names in paths: UTF-8 as it is, or escaped as Prometheus 3 has it ("Values Escaping").
// https://github.com/prometheus/proposals/blob/main/proposals/2023-08-21-utf8.md#text-escaping

const prefix = 'U__'
/** One character at a time: two underscores, or the number of a character between two, or what stands for itself. */
const escapes = /__|_([\da-f]{1,6})_|([^_])/giy

/** The name that `U__http_2e_status` stands for, `http.status`; what is not escaped as it should be stays as it is. */
export function unescapeLabelName(text: string): string {
  if (!text.startsWith(prefix)) return text
  const escaped = text.slice(prefix.length)
  let name = ''
  let end = 0
  for (const [whole, hex, plain] of escaped.matchAll(escapes)) {
    end += whole.length
    const codePoint = hex === undefined ? 0 : Number.parseInt(hex, 16)
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint < 0xe000)) return text
    name += plain ?? (hex === undefined ? '_' : String.fromCodePoint(codePoint))
  }
  return end === escaped.length ? name : text
}
