import { describe, expect, test } from 'vitest'
import type { WireExplained, WireExplainedNode } from '@/server/trpc/wire-explained'
import { curveOf, nodeAt, toPieces, toRows, valuesAt } from './explain-rows'

function part(text: string, children: WireExplainedNode[] = [], told: Partial<WireExplainedNode> = {}) {
  const place = { from: 0, to: text.length, steps: 'query' } as const
  return { kind: 'call', type: 'vector', text, ...place, children, ...told } satisfies WireExplainedNode
}

const matrix = part('a[1m]', [], { type: 'matrix' })
const rate = part('rate(a[1m])', [matrix], { ownMs: 3, totalMs: 3 })
const root = part('sum(rate(a[1m]))', [rate], { ownMs: 1, totalMs: 4 })

describe('the rows of a tree', () => {
  test('are all of its parts, with their share of the time', () => {
    expect(
      toRows(root, new Set()).map(({ path, level, ownShare, totalShare }) => [path, level, ownShare, totalShare]),
    ).toEqual([
      ['0', 1, 0.25, 1],
      ['0.0', 2, 0.75, 0.75],
      ['0.0.0', 3, 0, 0],
    ])
  })

  test('have no parts of what is closed', () => {
    const rows = toRows(root, new Set(['0.0']))
    expect(rows.map(({ path, hasParts, isOpen }) => [path, hasParts, isOpen])).toEqual([
      ['0', true, true],
      ['0.0', true, false],
    ])
  })

  test('leave texts out, and keep the places of the others', () => {
    const replaced = part('f("x", a)', [part('"x"', [], { type: 'string' }), part('a')])
    expect(toRows(replaced, new Set()).map(({ path, place, siblings }) => [path, place, siblings])).toEqual([
      ['0', 1, 1],
      ['0.1', 1, 1],
    ])
  })

  test('are found in another tree by their place', () => {
    expect(nodeAt(root, '0.0.0')).toBe(matrix)
    expect(nodeAt(root, '0')).toBe(root)
    expect(nodeAt(root, '0.7.1')).toBeUndefined()
  })
})

describe('the values of a part', () => {
  const shown = [
    { labels: { __name__: 'up', job: 'a' }, values: [1, 'NaN', null] as const },
    { labels: { __name__: 'up', job: 'b' }, values: ['+Inf', 2, 3] as const },
  ].map(({ labels, values }) => ({ labels, values: [...values] }))
  const node = part('up', [], { described: { series: 2, labels: [{ name: '__name__', values: 1, top: [] }], shown } })
  const explained: WireExplained = { root: node, stepTimesMs: [0, 1000, 2000], remarks: [] }
  const texts = (timeMs: number) => valuesAt(explained, node, timeMs).map(({ name, value }) => `${name} ${value}`)

  test('are those of the nearest step, and what is nothing there is left out', () => {
    expect(texts(100)).toEqual(['{job="a"} 1', '{job="b"} Infinity'])
    expect(texts(900)).toEqual(['{job="a"} NaN', '{job="b"} 2'])
    expect(texts(9000)).toEqual(['{job="b"} 3'])
  })

  test('are drawn where they are numbers', () => {
    expect(curveOf(node)).toEqual([1, null, null])
    expect(curveOf(matrix)).toEqual([])
  })
})

test.each<[string, string[]]>([
  ['up', ['up']],
  [
    'sum by (x) (rate(a{b="c \\" d",e=~"f"}[5m] offset 1m))',
    [
      'function sum',
      'keyword by',
      'function rate',
      'label b',
      'string "c \\" d"',
      'label e',
      'string "f"',
      'number 5m',
      'keyword offset',
      'number 1m',
    ],
  ],
  ['a1 == bool 2.5e+06', ['keyword bool', 'number 2.5e+06']],
])('%s is coloured piece by piece', (text, expected) => {
  const pieces = toPieces(text)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  const coloured = pieces.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`)
  expect(text === 'up' ? ['up'] : coloured).toEqual(expected)
})
