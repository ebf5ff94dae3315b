import { describe, expect, it } from 'vitest'
import { requireExposition } from './content-type'

describe('a Content-Type', () => {
  it.each([
    'text/plain',
    'TEXT/Plain ; version=0.0.4 ; charset="utf-8"',
    'text/plain;',
    'text/plain; a=b; a=b',
    'text/plain; a="b\\"c\\z"',
    'text/plain; a="b\\\\"',
    "text/plain; name*=utf-8''x",
    'text/plain;\u00c2\u00a0version=0.0.4',
    '\u00c2\u0085text/plain',
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
  ])('%s is one of an exposition', (contentType) => {
    expect(() => requireExposition(contentType)).not.toThrow()
  })

  it.each([
    ['', 'expected application/openmetrics-text or text/plain as the Content-Type, got ""'],
    ['text/html; charset=utf-8', 'as the Content-Type, got "text/html"'],
    ['text/plain, text/html', 'as the Content-Type, got "text/plain, text/html"'],
    ['\u00a0text/plain', 'as the Content-Type, got'],
    ['text plain', 'as the Content-Type, got "text plain"'],
    ['application/vnd.google.protobuf', 'got "application/vnd.google.protobuf"'],
    ['text/plain; version', 'expected parameters such as ;version=0.0.4 after the Content-Type, got "; version"'],
    ['text/plain; version=', 'got "; version="'],
    ['text/plain; =1', 'got "; =1"'],
    ['text/plain;;', 'got ";;"'],
    ['text/plain; a=b; A=c', 'got "; a=b; A=c"'],
    ['text/plain; a="b', 'got "; a=\\"b"'],
    ['text/plain; a=b/c', 'got "; a=b/c"'],
    ['text/plain; a="b" c', 'got "; a=\\"b\\" c"'],
  ])('%s is not', (contentType, message) => {
    expect(() => requireExposition(contentType)).toThrow(message)
  })

  it('is read in a time that is linear in its length', () => {
    const spaces = '\u00c2\u00a0'.repeat(200_000)
    expect(() => requireExposition(`text/plain${';a=b'.repeat(100_000)}${spaces}`)).not.toThrow()
    expect(() => requireExposition(`text/plain${spaces}x`)).toThrow('as the Content-Type')
    expect(() => requireExposition(`text/plain;${spaces}x`)).toThrow('expected parameters')
  })
})
