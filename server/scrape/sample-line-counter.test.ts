import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SampleLineCounter } from './sample-line-counter'

const anyLine = fc.constantFrom('a 1', '# HELP a b', '', 'b{c="#"} 2', '#', 'x')

it('counts the lines that are neither empty nor comments, however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(anyLine), fc.array(fc.nat({ max: 100 })), (lines, cuts) => {
      const bytes = Buffer.from(lines.join('\n'))
      const counter = new SampleLineCounter()
      const bounds = [0, ...cuts.sort((left, right) => left - right), bytes.length]
      const counts = bounds.map((from, i) => counter.add(bytes.subarray(from, bounds[i + 1] ?? from)))
      expect(counts.at(-1)).toBe(lines.filter((line) => line !== '' && !line.startsWith('#')).length)
    }),
  )
})
