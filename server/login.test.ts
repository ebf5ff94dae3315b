import { describe, expect, it } from 'vitest'
import { authorizationOf, hideLogins, shownUrl } from './login'

describe('authorizationOf', () => {
  it.each([
    ['http://host/', undefined],
    ['http://ann:secret@host/', 'ann:secret'],
    ['http://ann@host/', 'ann:'],
    ['http://:secret@host/', ':secret'],
    ['http://%C3%A4:p%40s%3As@host/', 'ä:p@s:s'],
    ['http://100%:secret@host/', '100%:secret'],
  ])('of %s is %s', (url, login) => {
    const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
    expect(authorizationOf(new URL(url))).toBe(expected)
  })

  it('is a bearer token for the user bearer', () => {
    expect(authorizationOf(new URL('http://bearer:s3%2Fcret@host/'))).toBe('Bearer s3/cret')
    expect(authorizationOf(new URL('http://bearer@host/'))).toBe(`Basic ${btoa('bearer:')}`)
  })
})

describe('shownUrl', () => {
  it.each([
    ['http://ann:secret@host:8000/metrics?token=secret#secret', 'http://host:8000/metrics'],
    ['https://host/', 'https://host'],
  ])('of %s is %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown)
  })
})

describe('hideLogins', () => {
  it.each([
    ['has nothing to hide', 'http://host/a,b=http://host/b', 'http://host/a,b=http://host/b'],
    ['a login', 'ftp://ann:secret@host/', 'ftp://***@host/'],
    ['the logins of several URLs', 'http://a:b@c,x=http://d/e,http://f:g@h', 'http://***@c,x=http://d/e,http://***@h'],
    ['a password with a comma, an @ and a slash', 'http://ann:a,b@c/d@host/', 'http://***@host/'],
    ['a login without a scheme', 'ann:secret@host', '***@host'],
    ['a login behind line breaks', '\nann:secret\n@host', '***@host'],
  ])('%s', (_, text, hidden) => {
    expect(hideLogins(text)).toBe(hidden)
  })
})
