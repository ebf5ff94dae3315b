// Variables in PromQL and in words, with the meaning that they have in Grafana.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables are written so in Grafana
import { describe, expect, test } from 'vitest'
import { substitute } from '../_boards/substitute'
import type { Chosen, Times, Values } from './fill'
import { fillBoard, fillExpr, fillText } from './fill'
import { readBoard } from './read-board'

const TIMES: Times = { rangeMs: 300_000, stepMs: 2000, scrapeIntervalMs: 1000, endMs: 1_700_000_000_000 }
const of = (values: string[], more: Partial<Chosen> = {}): Chosen => ({
  values,
  allValue: undefined,
  isAll: false,
  isRegex: false,
  ...more,
})
const VALUES: Values = new Map([
  ['job', of(['a.b'])],
  ['node', of(['a.b:1'], { isRegex: true })],
  ['nodes', of(['a.b', 'c|d'], { isRegex: true })],
  ['all', of(['x', 'y'], { isRegex: true, isAll: true, allValue: '.+' })],
  ['quoted', of(['a"b\\c$d'])],
  ['interval', of(['$__auto'])],
  ['none', of([], { isRegex: true, isAll: true })],
])

describe('in PromQL', () => {
  test.each([
    ['a single value stands as it is', 'up{job="$job"}', 'up{job="a.b"}'],
    ['a value of a regular expression matches itself', 'up{i=~"$node"}', 'up{i=~"a\\\\.b:1"}'],
    ['several are alternatives', 'up{i=~"$nodes"}', 'up{i=~"(a\\\\.b|c\\\\|d)"}'],
    ['all, with a value of its own, is that', 'up{i=~"$all"}', 'up{i=~".+"}'],
    ['all of nothing matches nothing but the empty text', 'up{i=~"$none"}', 'up{i=~"()"}'],
    ['braces', 'up{job="${job}"}', 'up{job="a.b"}'],
    ['square brackets', 'up{job="[[job]]"}', 'up{job="a.b"}'],
    ['the format regex', 'up{job=~"${job:regex}"}', 'up{job=~"a\\\\.b"}'],
    ['the format pipe', 'up{job=~"${nodes:pipe}"}', 'up{job=~"a.b|c|d"}'],
    ['the format csv', 'up{job="[[nodes:csv]]"}', 'up{job="a.b,c|d"}'],
    ['the format raw', '${job:raw}', 'a.b'],
    ['what would end the string, or begin a variable, does not', 'up{a="$quoted"}', 'up{a="a\\"b\\\\c\\x24d"}'],
    [
      'groups of label_replace are no variables',
      'label_replace(up, "a", "$1-${2}", "b", "(.*)")',
      'label_replace(up, "a", "$1-${2}", "b", "(.*)")',
    ],
    ['the end of a regular expression is none either', 'up{a=~"x$"}', 'up{a=~"x$"}'],
    [
      'variables of time stay, in one spelling',
      'rate(a[${__rate_interval}]) + b[$__range:$__interval]',
      'rate(a[$__rate_interval]) + b[$__range:$__interval]',
    ],
    ['times as numbers', '$__range_s $__range_ms $__interval_ms $__rate_interval_ms', '300 300000 2000 4000'],
    ['the window', '$__from $__to', '1699999700000 1700000000000'],
    ['an interval that is automatic', 'rate(a[$interval])', 'rate(a[$__interval])'],
  ])('%s', (_, expr, filled) => {
    expect(fillExpr(expr, VALUES, TIMES)).toBe(filled)
    // What is left are variables of ours.
    const board = { ...TIMES, target: '', route: undefined, own: '' }
    expect(() => substitute(fillExpr(expr, VALUES, TIMES), board)).not.toThrow()
  })

  test.each([
    'up{a="$nothing"}',
    'up{$target}',
    'a[$__minute]',
    '${nothing:regex}',
    '[[nothing]]',
    '$${job}',
    '$__interval${job}',
  ])('%s is unknown', (expr) => {
    expect(() => fillExpr(expr, VALUES, TIMES)).toThrow(/the board has no variable \$/)
  })
})

test('in words a value is what it is, and what is unknown stays', () => {
  expect(fillText('$job of [[nodes]], ${all}: $5 of $nothing', VALUES)).toBe('a.b of a.b, c|d, All: $5 of $nothing')
})

test('a panel is there for each value that it repeats, and so is a row', () => {
  const panel = { type: 'stat', title: 'On $nodes', repeat: 'nodes', targets: [{ expr: 'up{i="$nodes"}' }] }
  const board = readBoard({
    panels: [panel, { type: 'row', title: 'R $nodes', repeat: 'nodes', panels: [{ ...panel, repeat: '' }] }],
  })
  const sections = fillBoard(board, VALUES, TIMES)
  expect(sections.map(({ title }) => title)).toEqual([undefined, 'R a.b', 'R c|d'])
  const titles = sections.map(({ panels }) => panels.map(({ panel }) => panel.title))
  expect(titles).toEqual([['On a.b', 'On c|d'], ['On a.b'], ['On c|d']])
  const ids = sections.flatMap(({ panels }) => panels.map(({ panel }) => panel.id))
  expect(new Set(ids).size).toBe(ids.length)
})

test('what asks for an unknown variable, or for too much, says so in its place', () => {
  const long: Values = new Map([['x', of([`a${'b'.repeat(3000)}`])]])
  const panels = [
    { type: 'stat', targets: [{ expr: 'up{a="$y"}' }] },
    { type: 'stat', targets: [{ expr: 'up{a="$x"}' }] },
  ]
  const [section] = fillBoard(readBoard({ panels }), long, TIMES)
  expect(section?.panels.map(({ drawing, undrawn }) => [drawing.kind, undrawn[0]])).toEqual([
    ['none', 'the board has no variable $y'],
    ['none', 'with these values a query is longer than 2000 characters: choose fewer'],
  ])
})
