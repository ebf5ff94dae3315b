import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setLabel } from './labels'
import { parseExposition } from './parse'
import { render } from './render'
import type { Family, Labels, MetricType, Sample } from './snapshot'

/** Any text but lone surrogates, which UTF-8 can't have; much of it of characters that mean something here. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'n', '{', '}', ',', '=', ' ', '\t', '#', '\r') }),
)

/** A family's name. Suffixes with a meaning are left out: two families must not have samples of the same name. */
const anyName = fc
  .oneof(
    fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/),
    fc.constantFrom('constructor', '__proto__', 'toString', 'my.metric', '0', '"', '\\', '\n', ' '),
    anyText,
  )
  .filter((name) => name !== '' && !/_(total|created|info|bucket|g?sum|g?count)$/.test(name))

const anyLabels = fc
  .uniqueArray(fc.tuple(fc.oneof(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]*$/), anyName), anyText), {
    selector: ([name]) => name,
    maxLength: 5,
  })
  .map(toLabels)

function toLabels(pairs: [string, string][]): Labels {
  const labels: Record<string, string> = {}
  for (const [name, value] of pairs) if (name !== '__name__') setLabel(labels, name, value)
  return labels
}

/** Which samples a family of each type has in the Prometheus format. */
const SUFFIXES = {
  counter: [''],
  gauge: [''],
  unknown: [''],
  histogram: ['', '_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
} satisfies Partial<Record<MetricType, string[]>>

function anySample(name: string, suffixes: string[]): fc.Arbitrary<Sample> {
  return fc.record(
    {
      name: fc.constantFrom(...suffixes.map((suffix) => name + suffix)),
      labels: anyLabels,
      value: fc.double(),
      timestampMs: fc.maxSafeInteger(),
    },
    { requiredKeys: ['name', 'labels', 'value'] },
  )
}

const anyFamily = fc
  .record({
    name: anyName,
    type: fc.constantFrom('counter', 'gauge', 'unknown', 'histogram', 'summary'),
    help: anyText,
  })
  .chain(({ name: stem, type, help }): fc.Arbitrary<Family> => {
    const name = type === 'counter' ? `${stem}_total` : stem
    return fc.array(anySample(name, SUFFIXES[type])).map((samples) => ({ name, type, help, unit: '', samples }))
  })

const anyFamilies = fc.uniqueArray(anyFamily, { selector: (family) => family.name, maxLength: 5 })

describe('parseExposition', () => {
  it('reads what render wrote in the Prometheus format', () => {
    fc.assert(
      fc.property(anyFamilies, (families) => {
        expect(parseExposition(render({ takenAtMs: 0, families }, 'prometheus'))).toEqual(families)
      }),
      { numRuns: 500 },
    )
  })
})
