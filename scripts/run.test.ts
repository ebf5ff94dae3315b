import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { withoutLine } from './run.mjs'

test.each([
  ['in one piece', ['a\n- Network: x\nb\n'], 'a\nb\n'],
  ['in pieces', ['a\n- Net', 'work: x', '\nb', '\n'], 'a\nb\n'],
  ['in colours', ['\u001B[1m   - Network:   x\u001B[0m\n', 'b'], 'b'],
  ['only once', ['- Network: x\n', '- Network: y\n'], '- Network: y\n'],
  ['where there is none', ['a\nno - Network: x', ' b'], 'a\nno - Network: x b'],
])('leaves out the line %s', async (_form, pieces, expected) => {
  const passing = withoutLine(/^\W*Network:\s/)
  for (const piece of pieces) passing.write(piece)
  passing.end()
  expect(await text(passing)).toBe(expected)
})
