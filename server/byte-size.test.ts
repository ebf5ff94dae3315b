import { expect, it } from 'vitest'
import { formatBytes, parseBytes } from './byte-size'

it.each([
  ['0B', 0],
  ['512B', 512],
  ['1KB', 1024],
  ['16MB', 16 * 1024 ** 2],
  ['1GB', 1024 ** 3],
  ['2TB', 2 * 1024 ** 4],
  ['', Number.NaN],
  ['1', Number.NaN],
  ['1.5GB', Number.NaN],
  ['1 GB', Number.NaN],
  ['1gb', Number.NaN],
  ['-1GB', Number.NaN],
  ['1GiB', Number.NaN],
])('reads %j as %d bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes)
})

it.each([
  [0, '0B'],
  [9999, '9999B'],
  [10_240, '10KB'],
  [18.9 * 1024 ** 2, '18MB'],
  [9 * 1024 ** 3, '9216MB'],
  [64 * 1024 ** 4, '64TB'],
])('writes %d bytes as %j', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
