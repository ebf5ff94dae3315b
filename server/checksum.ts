// CRC-32, as gzip and PNG have it.
import * as zlib from 'node:zlib'

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})

/** Node's own came with 20.15, and Node 20.9 is enough for this app. */
const native: unknown = Reflect.get(zlib, 'crc32')

/** The checksum of the bytes, or of what came before and the bytes, where that checksum is given. */
export const crc32: (bytes: Uint8Array, before?: number) => number =
  typeof native === 'function' ? (bytes, before = 0) => Number(native(bytes, before)) : tableCrc32

export function tableCrc32(bytes: Uint8Array, before = 0): number {
  let remainder = ~before
  for (let i = 0; i < bytes.length; i++) {
    remainder = (remainder >>> 8) ^ (TABLE[(remainder ^ (bytes[i] ?? 0)) & 0xff] ?? 0)
  }
  return ~remainder >>> 0
}
