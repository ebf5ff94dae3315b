import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Utf8Text } from './utf8-text'

function decode(pieces: readonly Uint8Array[]): { text: string; isUtf8: boolean } {
  const decoder = new Utf8Text()
  const text = pieces.map((piece) => decoder.decode(Buffer.from(piece))).join('') + decoder.end()
  return { text, isUtf8: decoder.isUtf8 }
}

describe('bytes become text', () => {
  it.each<[string, number[], string]>([
    ['with a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
    ['a byte that begins nothing', [0x61, 0xff, 0x62], 'a\udcffb'],
    ['a character that is cut off', [0x61, 0xe2, 0x82], 'a\udce2\udc82'],
    ['a character that is too long', [0xc0, 0x80], '\udcc0\udc80'],
    ['a half of a surrogate pair', [0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
    ['a whole character between wrong bytes', [0xff, 0xc3, 0xa4, 0xff], '\udcffä\udcff'],
  ])('%s', (_, bytes, text) => {
    expect(decode([Uint8Array.from(bytes)])).toEqual({ text, isUtf8: !/[\udc80-\udcff]/.test(text) })
  })

  it('of any text, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, cut) => {
        const bytes = Buffer.from(text)
        const middle = cut % (bytes.length + 1)
        expect(decode([bytes.subarray(0, middle), bytes.subarray(middle)])).toEqual({ text, isUtf8: true })
      }),
    )
  })

  it('of any bytes: they are not lost', () => {
    const bytesOf = (text: string) =>
      Buffer.concat(
        [...text].map((one) => {
          const code = one.charCodeAt(0)
          return one.length === 1 && code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(one)
        }),
      )
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (bytes, cut) => {
        const middle = cut % (bytes.length + 1)
        expect([...bytesOf(decode([bytes.subarray(0, middle), bytes.subarray(middle)]).text)]).toEqual([...bytes])
      }),
    )
  })
})
