import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { readForm } from './form'

const URLENCODED = 'application/x-www-form-urlencoded; charset=utf-8'
const MULTIPART = 'multipart/form-data; boundary=xyz'
const MIB = 1024 * 1024

const get = (fields: string) => readForm(new Request(`http://localhost/?${fields}`), 10_000)
const post = (fields: string, body: BodyInit, type = URLENCODED) =>
  readForm(
    new Request(`http://localhost/?${fields}`, { method: 'POST', headers: { 'content-type': type }, body }),
    10_000,
  )
const part = (header: string, value: string) => `--xyz\r\n${header}\r\n\r\n${value}\r\n`
const named = 'Content-Disposition: form-data; name="a"'

describe('readForm', () => {
  it('takes the fields of the body before those of the URL', async () => {
    const form = await post('query=b&match[]=2', 'query=a&match%5B%5D=1')
    expect([form.get('query'), form.all('match[]'), form.get('nothing')]).toEqual(['a', ['1', '2'], ''])
  })

  it('reads no body that is no form', async () => {
    expect((await post('query=b', 'query=a', 'text/plain')).get('query')).toBe('b')
    expect((await post('query=b', '{"query":"a"}', 'application/json')).get('query')).toBe('b')
  })

  it.each([
    ['a=1+2%203', '1 2 3'],
    ['a=%C3%BC', 'ü'],
    ['a=%c3%bc', 'ü'],
    ['a=b=c', 'b=c'],
    ['&&a=1&&', '1'],
    ['a', ''],
    ['a=%ff', '\ufffd'],
    ['a=%zz&a=2', '2'],
    ['a=1;b=2&a=3', '3'],
  ])('reads %s', async (fields, value) => expect((await get(fields)).get('a')).toBe(value))

  it('reads whatever a client writes', async () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), { maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(pairs, async (written) => {
        const form = await post('', new URLSearchParams(written).toString())
        for (const [name] of written) {
          expect(form.all(name)).toEqual(written.flatMap(([own, value]) => (own === name ? [value] : [])))
        }
        form.refuseMalformed()
      }),
    )
  })

  it.each([
    ['b=%z', 'invalid URL escape "%z"'],
    ['%z=1', 'invalid URL escape "%z"'],
    ['b=%1%41', 'invalid URL escape "%1%"'],
    ['b=%', 'invalid URL escape "%"'],
    ['1;b', 'invalid semicolon separator in query'],
  ])('tells of %s only if it is asked', async (field, words) => {
    const form = await get(`a=1&${field}&a=2`)
    expect(form.all('a')).toEqual(['1', '2'])
    expect(() => form.refuseMalformed()).toThrow(`error parsing form values: ${words}`)
  })
})

describe('a multipart form', () => {
  it.each([['query'], ['match[]']])('is read as fetch writes it: %s', async (name) => {
    const body = new FormData()
    body.append(name, 'sum(up)\r\n--ü')
    body.append('file', new Blob(['b']), 'b.txt')
    body.append(name, '')
    const form = await readForm(new Request(`http://localhost/?${name}=c`, { method: 'POST', body }), 10_000)
    expect([form.all(name), form.all('file')]).toEqual([['sum(up)\r\n--ü', '', 'c'], []])
  })

  it.each([
    ['with a preamble', `hello\r\n${part(named, '1')}--xyz--\r\n`],
    ['with other headers', `${part(`X: y\r\n${named}\r\nContent-Type: text/plain`, '1')}--xyz--`],
    ['with a plain name', `${part('content-disposition: form-data;name=a', '1')}--xyz--`],
    ['with parts that have no name', `${part('X: y', '2')}${part('', '2')}${part(named, '1')}--xyz--`],
  ])('is read %s', async (_, body) => expect((await post('a=b', body, MULTIPART)).all('a')).toEqual(['1', 'b']))

  it.each([
    ['is cut off', part(named, '1'), MULTIPART, 'multipart: NextPart: EOF'],
    ['has a header without end', `--xyz\r\n${named}`, MULTIPART, 'multipart: NextPart: EOF'],
    ['has a long header', `${part(`X: ${'y'.repeat(5000)}\r\n${named}`, '1')}--xyz--`, MULTIPART, 'NextPart: EOF'],
    ['has no boundary', part(named, '1'), 'multipart/form-data', 'no multipart boundary param in Content-Type'],
  ])('has no fields where it %s', async (_, body, type, words) => {
    const form = await post('a=b', body, type)
    expect(form.all('a')).toEqual(['b'])
    expect(() => form.refuseMalformed()).toThrow(words)
  })
})

describe('a form that nobody needs', () => {
  it.each([
    ['in its URL', () => get('a=1&'.repeat(10_001))],
    ['in its body', () => post('', 'a=1&'.repeat(10_001))],
    ['in parts', () => post('', `${part(named, '1').repeat(10_001)}--xyz--`, MULTIPART)],
  ])('is refused for more than 10,000 fields %s', async (_, read) => {
    await expect(read()).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('at most 10000 fields'),
    })
  })

  it.each([URLENCODED, MULTIPART])('is refused over 1 MiB: %s', async (type) => {
    await expect(post('', 'x'.repeat(MIB + 1), type)).rejects.toMatchObject({ status: 413 })
  })

  it.each([
    ['escapes', URLENCODED, `a=${'%61'.repeat(MIB / 3 - 1)}`],
    ['separators', URLENCODED, '&'.repeat(MIB)],
    ['pluses', URLENCODED, '+'.repeat(MIB)],
    ['parts', MULTIPART, `${part(named, 'x'.repeat(900)).repeat(999)}--xyz--`],
  ])('lets others have their turn while it is read: %s', async (_, type, body) => {
    // The turn of the test before has to be over, since its clock was another one.
    await new Promise((resolve) => setImmediate(resolve))
    // By this clock every slice is over when it is looked at.
    let nowMs = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => {
      nowMs += 9
      return nowMs
    })
    let turns = 0
    let isRead = false
    const takeTurn = () => {
      turns++
      if (!isRead) setImmediate(takeTurn)
    }
    takeTurn()
    await post('', body, type)
    isRead = true
    expect(turns).toBeGreaterThan(15)
  })
})
