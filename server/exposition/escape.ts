// Escapes in expositions: in label values, quoted names and HELP texts a backslash hides what would end them.

/** The text between the quotes of a label value or a quoted name, and of a HELP line in OpenMetrics. */
export function escapeQuoted(text: string): string {
  return /["\\\n]/.test(text) ? text.replace(/["\\\n]/g, escapeOne) : text
}

/** A HELP text of the Prometheus format, where quotes stand as they are. */
export function escapeHelp(text: string): string {
  return text.replace(/[\\\n]/g, escapeOne)
}

/**
 * Undoes escapeQuoted and escapeHelp. An escape that neither format defines stands for its own two characters, as both
 * Prometheus and OpenMetrics have it. In HELP texts of the Prometheus format, `\\"` is such a one.
 */
export function unescapeQuoted(text: string): string {
  return text.includes('\\') ? text.replace(/\\[\\n"]/g, unescapeOne) : text
}

export function unescapeHelp(text: string): string {
  return text.includes('\\') ? text.replace(/\\[\\n]/g, unescapeOne) : text
}

function unescapeOne(pair: string): string {
  return pair === '\\n' ? '\n' : pair.slice(1)
}

function escapeOne(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`
}
