// Reads tokens from variables and files. No message here contains a token.
import { readFileSync } from 'node:fs'

/** What can stand in a header after `Bearer ` and reads the same in every encoding. */
const TOKEN = /^[\x21-\x7e]+$/

const OR_UNSET = 'or the variable unset where none is wanted, got an empty one'

/** The token itself. Throws an Error that says what was expected. */
export function parseToken(text: string): string {
  if (text === '') throw new Error(`expected a token, ${OR_UNSET}`)
  if (TOKEN.test(text)) return text
  throw new Error(
    'expected visible ASCII characters without spaces, got something else (not shown, since it is secret)',
  )
}

/** The token in a file, as Docker and Kubernetes mount secrets; line ends after it don't count. Throws an Error. */
export function readTokenFile(path: string): string {
  if (path === '') throw new Error(`expected a file with a token, ${OR_UNSET}`)
  const { shown, text } = readSecretFile(path, 'the token')
  const token = text.replace(/[\r\n]+$/, '')
  if (token === '') throw new Error(`expected a file with a token, got ${shown}, which is empty`)
  if (TOKEN.test(token)) return token
  throw new Error(`expected a file with visible ASCII characters without spaces, got ${shown}, which has others`)
}

/** What is in the file, and how messages call it. `secret` is what it has. Throws an Error. */
export function readSecretFile(path: string, secret: string): { text: string; shown: string } {
  // What looks like no path may be the secret, by mistake.
  const shown = /[\\/]/.test(path) ? JSON.stringify(path) : `a name without a slash (not shown, as it may be ${secret})`
  try {
    return { text: readFileSync(path, 'utf8'), shown }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error
    throw new Error(`expected a file that can be read, got ${shown} (${reason})`)
  }
}
