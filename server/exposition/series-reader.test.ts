// Whatever a series is found by, its place in the last text, its text, a template or its characters: it is the same one.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ExpositionError } from './exposition-error'
import { GRAMMARS } from './grammar'
import type { Series } from './series'
import { parseSeries } from './series-parser'
import { SeriesReader } from './series-reader'

const value = fc.oneof(
  fc.constantFrom('', 'GET', 'POST', '}', '{', ',', '=', ' ', '#', '\\\\', '\\"', '\\n', '"', '\\'),
  fc.stringMatching(/^[a-c}]{0,2}$/),
  fc.constantFrom('a longer text that is cut out of another', 'a longer text that is cut out of another too'),
)
const name = fc.constantFrom('a', 'ab', 'a_total', 'b:c')
const label = fc.tuple(fc.constantFrom('x', 'y', 'le', '__proto__', '"q r"'), value)

/** A series as it may be written, valid or not. */
const anyRaw = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(name, fc.array(label, { maxLength: 3 })).map(([a, labels]) => `${a}${inside(labels)}`),
  },
  name,
  fc.array(label, { maxLength: 2 }).map((labels) => inside([['"q r"', ''], ...labels]).replace('=""', '')),
  name.map((a) => `${a}{}`),
)

function inside(labels: [string, string][]): string {
  return `{${labels.map(([label, text]) => `${label}="${text}"`).join(',')}}`
}

const grammars = Object.entries(GRAMMARS).flatMap(([reader, { openMetrics, text }]) => [
  { name: `OpenMetrics, ${reader}`, grammar: openMetrics },
  { name: `text, ${reader}`, grammar: text },
])

it.each(grammars)('reads each series as it stands alone: $name', ({ grammar }) => {
  const anyText = fc.array(anyRaw, { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 4 }), (texts) => {
      for (const raws of [...texts, ...texts]) {
        const text = raws.map((raw) => `${raw} 1 # {} 1\n`).join('')
        const reader = new SeriesReader(text, grammar)
        let start = 0
        for (const [place, raw] of raws.entries()) {
          const lineEnd = text.indexOf('\n', start)
          const alone = orError(() => parseSeries(raw, grammar, place + 1))
          const read = orError(() => reader.read(start, lineEnd, place + 1))
          // What is no series may end elsewhere, and be one up to there.
          if (!(alone instanceof ExpositionError)) {
            expect(read).toMatchObject({ raw, name: alone.name })
            expect(JSON.stringify((read as Series).labels)).toBe(JSON.stringify(alone.labels))
            expect(reader.end).toBe(start + raw.length)
          }
          start = lineEnd + 1
        }
      }
    }),
    { numRuns: 500 },
  )
})

it('gives the same series the same object, in whatever order the lines come', () => {
  const raws = Array.from({ length: 50 }, (_, i) => `order_test{i="${i}",text="a text of some length"}`)
  const read = (lines: readonly string[]) => {
    const text = lines.map((raw) => `${raw} 1\n`).join('')
    const reader = new SeriesReader(text, GRAMMARS.server.openMetrics)
    return new Map(lines.map((raw) => [raw, reader.read(text.indexOf(raw), text.indexOf('\n', text.indexOf(raw)), 1)]))
  }
  const first = read(raws)
  fc.assert(
    fc.property(fc.shuffledSubarray(raws), (some) => {
      for (const [raw, series] of read(some)) expect(series).toBe(first.get(raw))
    }),
  )
})

function orError(read: () => Series): Series | ExpositionError {
  try {
    return read()
  } catch (error) {
    if (error instanceof ExpositionError) return error
    throw error
  }
}
