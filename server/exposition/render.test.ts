import { describe, expect, it } from 'vitest'
import type { ExpositionFormat } from './format'
import { render, renderChunks } from './render'
import type { Family, MetricType, Sample } from './snapshot'

function family(type: MetricType, name: string, samples: Sample[], rest: Partial<Family> = {}): Family {
  return { name, type, help: '', unit: '', samples, ...rest }
}

function gauge(sample: Partial<Sample>): Family {
  return family('gauge', sample.name ?? 'a', [{ name: 'a', labels: {}, value: 1, ...sample }])
}

const exemplar = { labels: { trace_id: 'x"y' }, value: 0.5, timestampMs: 1_520_879_607_789 }

const cases: Record<string, { families: Family[]; prometheus: string; openmetrics: string }> = {
  'an empty snapshot': { families: [], prometheus: '', openmetrics: '' },
  'a counter, whose OpenMetrics family has no _total': {
    families: [family('counter', 'a_total', [{ name: 'a_total', labels: { b: 'c' }, value: 1 }], { help: 'The a.' })],
    prometheus: '# HELP a_total The a.\n# TYPE a_total counter\na_total{b="c"} 1\n',
    openmetrics: '# TYPE a counter\n# HELP a The a.\na_total{b="c"} 1\n',
  },
  'a counter without _total, unknown to OpenMetrics': {
    families: [family('counter', 'a', [{ name: 'a', labels: {}, value: 1, exemplar }])],
    prometheus: '# TYPE a counter\na 1\n',
    openmetrics: '# TYPE a unknown\na 1\n',
  },
  'a counter whose shorter name is taken': {
    families: [gauge({}), family('counter', 'a_total', [{ name: 'a_total', labels: {}, value: 2 }])],
    prometheus: '# TYPE a gauge\na 1\n# TYPE a_total counter\na_total 2\n',
    openmetrics: '# TYPE a gauge\na 1\n# TYPE a_total unknown\na_total 2\n',
  },
  'a unit that ends the name': {
    families: [family('gauge', 'a_seconds', [], { unit: 'seconds' })],
    prometheus: '# TYPE a_seconds gauge\n',
    openmetrics: '# TYPE a_seconds gauge\n# UNIT a_seconds seconds\n',
  },
  "a counter's unit, before _total": {
    families: [family('counter', 'a_seconds_total', [], { unit: 'seconds' })],
    prometheus: '# TYPE a_seconds_total counter\n',
    openmetrics: '# TYPE a_seconds counter\n# UNIT a_seconds seconds\n',
  },
  'a unit that does not end the name': {
    families: [family('gauge', 'a', [], { unit: 'seconds' })],
    prometheus: '# TYPE a gauge\n',
    openmetrics: '# TYPE a gauge\n',
  },
  'created times and exemplars': {
    families: [
      family('counter', 'a_total', [
        { name: 'a_total', labels: {}, value: 1, exemplar },
        { name: 'a_created', labels: {}, value: 1.5 },
      ]),
      family('histogram', 'h', [
        { name: 'h_bucket', labels: { le: '+Inf' }, value: 1, exemplar: { labels: {}, value: 2 } },
        { name: 'h_sum', labels: {}, value: 1, exemplar },
        { name: 'h_count', labels: {}, value: 1 },
        { name: 'h_created', labels: {}, value: 1.5 },
      ]),
    ],
    prometheus: '# TYPE a_total counter\na_total 1\n# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    openmetrics:
      '# TYPE a counter\na_total 1 # {trace_id="x\\"y"} 0.5 1520879607.789\na_created 1.5\n' +
      '# TYPE h histogram\nh_bucket{le="+Inf"} 1 # {} 2\nh_sum 1\nh_count 1\nh_created 1.5\n',
  },
  'types that the Prometheus format lacks': {
    families: [
      family('unknown', 'u', []),
      family('info', 'i', [{ name: 'i_info', labels: {}, value: 1 }]),
      family('stateset', 's', []),
      family('gaugehistogram', 'g', []),
    ],
    prometheus: '# TYPE u untyped\n# TYPE i_info gauge\ni_info 1\n# TYPE s gauge\n# TYPE g histogram\n',
    openmetrics: '# TYPE u unknown\n# TYPE i info\ni_info 1\n# TYPE s stateset\n# TYPE g gaugehistogram\n',
  },
  'escapes: quotes only in label values, but in OpenMetrics in HELP too': {
    families: [
      family('gauge', 'a', [{ name: 'a', labels: { b: 'q" s\\ n\nr\r\u{1F600}' }, value: 1 }], { help: 'q" s\\ n\n' }),
    ],
    prometheus: '# HELP a q" s\\\\ n\\n\n# TYPE a gauge\na{b="q\\" s\\\\ n\\nr\r\u{1F600}"} 1\n',
    openmetrics: '# TYPE a gauge\n# HELP a q\\" s\\\\ n\\n\na{b="q\\" s\\\\ n\\nr\r\u{1F600}"} 1\n',
  },
  'names of Prometheus 3, in quotes': {
    families: [
      family('gauge', 'a.b', [
        { name: 'a.b', labels: {}, value: 1 },
        { name: 'a.b', labels: { 'c d': 'e', '"': 'f', g: 'h' }, value: 2 },
      ]),
    ],
    prometheus: '# TYPE "a.b" gauge\n{"a.b"} 1\n{"a.b","c d"="e","\\""="f",g="h"} 2\n',
    openmetrics: '# TYPE "a.b" gauge\n{"a.b"} 1\n{"a.b","c d"="e","\\""="f",g="h"} 2\n',
  },
  'a label called __proto__': {
    families: [gauge({ labels: JSON.parse('{"__proto__":"x","constructor":"y"}') })],
    prometheus: '# TYPE a gauge\na{__proto__="x",constructor="y"} 1\n',
    openmetrics: '# TYPE a gauge\na{__proto__="x",constructor="y"} 1\n',
  },
  'timestamps: milliseconds, seconds in OpenMetrics': {
    families: [gauge({ timestampMs: 1_520_879_607_789 }), gauge({ timestampMs: -1500.5 })],
    prometheus: '# TYPE a gauge\na 1 1520879607789\n# TYPE a gauge\na 1 -1500\n',
    openmetrics: '# TYPE a gauge\na 1 1520879607.789\n# TYPE a gauge\na 1 -1.5005\n',
  },
}

describe('render', () => {
  for (const [what, { families, prometheus, openmetrics }] of Object.entries(cases)) {
    it(`writes ${what}`, () => {
      expect(rendered(families, 'prometheus')).toBe(prometheus)
      expect(rendered(families, 'openmetrics')).toBe(`${openmetrics}# EOF\n`)
    })
  }

  it('writes one labels object under several names, and again', () => {
    const labels = { b: 'c' }
    const families = [gauge({ labels }), family('gauge', 'd', [{ name: 'd', labels, value: 2 }])]
    const text = '# TYPE a gauge\na{b="c"} 1\n# TYPE d gauge\nd{b="c"} 2\n'
    expect(rendered(families, 'prometheus')).toBe(text)
    expect(rendered(families, 'prometheus')).toBe(text)
  })

  it('cuts a long text between lines', () => {
    const samples = Array.from({ length: 10_000 }, (_, value) => ({ name: 'a', labels: {}, value }))
    const families = [family('gauge', 'a', samples)]
    const chunks = [...renderChunks({ takenAtMs: 0, families }, 'openmetrics')]
    expect(chunks.join('')).toBe(rendered(families, 'openmetrics'))
    expect(chunks).toHaveLength(2)
    for (const chunk of chunks) expect(chunk.endsWith('\n')).toBe(true)
  })

  it.each([
    [0, '0'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [0.1 + 0.2, '0.30000000000000004'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [123_456_789_012_345_680_000, '123456789012345680000'],
  ])('writes the value %d as %s', (value, text) => {
    expect(rendered([gauge({ value })], 'prometheus')).toBe(`# TYPE a gauge\na ${text}\n`)
  })
})

function rendered(families: Family[], format: ExpositionFormat): string {
  return render({ takenAtMs: 0, families }, format)
}
