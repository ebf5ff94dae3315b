import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineMeter } from './line-meter'

const anyLine = fc.constantFrom('a 1', '# HELP a b', '', 'b{c="#"} 2', '#', 'x', 'é'.repeat(20))

it('counts the lines that are neither empty nor comments and measures the longest, however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(anyLine), fc.array(fc.nat({ max: 100 })), (lines, cuts) => {
      const bytes = Buffer.from(lines.join('\n'))
      const meter = new LineMeter()
      const bounds = [0, ...cuts.sort((left, right) => left - right), bytes.length]
      bounds.forEach((from, i) => {
        meter.add(bytes.subarray(from, bounds[i + 1] ?? from))
      })
      expect(meter.samples).toBe(lines.filter((line) => line !== '' && !line.startsWith('#')).length)
      expect(meter.longest).toBe(Math.max(0, ...lines.map((line) => Buffer.byteLength(line))))
    }),
  )
})
