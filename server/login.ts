// User names and passwords in URLs of the environment: sent to their server, and never shown.
import querystring from 'node:querystring'

/**
 * The Authorization header for a URL's user name and password, undefined where it has none: as Basic authentication, or
 * for the user `bearer` the password as a bearer token.
 */
export function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  if (username === 'bearer' && password !== '') return `Bearer ${querystring.unescape(password)}`
  const login = `${querystring.unescape(username)}:${querystring.unescape(password)}`
  return `Basic ${Buffer.from(login).toString('base64')}`
}

/** A URL to show: without its login, and without its query, which may hold a token. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url)
  return pathname === '/' ? origin : origin + pathname
}

/** A text that may hold URLs, wrong ones too: what could be a login is hidden. */
export function hideLogins(text: string): string {
  return text.replace(/(^|:\/\/)(?:(?!:\/\/).)*@/gs, '$1***@')
}
