import { describe, expect, it } from 'vitest'
import { readForm } from './form'

const get = (fields: string) => readForm(new Request(`http://localhost/?${fields}`))
const post = (fields: string, body: string, type = 'application/x-www-form-urlencoded; charset=utf-8') =>
  readForm(new Request(`http://localhost/?${fields}`, { method: 'POST', headers: { 'content-type': type }, body }))

describe('readForm', () => {
  it('takes the fields of the body before those of the URL', async () => {
    const form = await post('query=b&match[]=2', 'query=a&match%5B%5D=1')
    expect([form.get('query'), form.all('match[]'), form.get('nothing')]).toEqual(['a', ['1', '2'], ''])
  })

  it('reads no body that is no form', async () => {
    expect((await post('query=b', 'query=a', 'text/plain')).get('query')).toBe('b')
    expect((await post('query=b', '{"query":"a"}', 'application/json')).get('query')).toBe('b')
  })

  it('reads multipart forms', async () => {
    const body = new FormData()
    body.append('query', 'a')
    const form = await readForm(new Request('http://localhost/?query=b', { method: 'POST', body }))
    expect(form.all('query')).toEqual(['a', 'b'])
  })

  it.each([
    ['a=1+2%203', '1 2 3'],
    ['a=%C3%BC', 'ü'],
    ['a=b=c', 'b=c'],
    ['a', ''],
    ['a=%ff', '\ufffd'],
    ['a=%zz&a=2', '2'],
    ['a=1;b=2&a=3', '3'],
  ])('reads %s', async (fields, value) => expect((await get(fields)).get('a')).toBe(value))

  it('tells of malformed fields only if it is asked', async () => {
    const form = await get('a=1')
    expect(() => form.refuseMalformed()).not.toThrow()
    await expect(get('a=1&b=%z').then((one) => one.refuseMalformed())).rejects.toThrow('invalid URL escape "%z"')
    await expect(get('a=1;b').then((one) => one.refuseMalformed())).rejects.toThrow('invalid semicolon separator')
  })

  it('refuses bodies that nobody needs', async () => {
    await expect(post('', `a=${'x'.repeat(10 * 1024 * 1024)}`)).rejects.toThrow('http: POST too large')
  })
})
