import { expect, test } from 'vitest'
import type { Panel } from '../_boards/panel'
import type { ChartLine } from './chart-line'
import { toReadout } from './time-chart'

const panel: Panel = {
  id: 'p',
  title: 'P',
  subtitle: '',
  unit: 'perSecond',
  help: '',
  empty: '',
  chart: 'stack',
  queries: [],
}
const line = (name: string, ...values: (number | null)[]): ChartLine => ({ key: name, name, colour: 'ok', values })
const wordsOf = (chart: Panel['chart'], ...lines: ChartLine[]) =>
  toReadout(lines, 0, { ...panel, chart }).map(({ name, text }) => `${name} ${text}`)

test('a stack is read from its top, and what it amounts to stands below', () => {
  expect(wordsOf('stack', line('2xx', 63), line('5xx', 2))).toEqual([
    '5xx 2.0 per s',
    '2xx 63.0 per s',
    'total 65.0 per s',
  ])
})

test('what has no value adds nothing, and nothing at all is no total', () => {
  expect(wordsOf('stack', line('2xx', 63), line('5xx', null)).at(-1)).toBe('total 63.0 per s')
  expect(wordsOf('stack', line('2xx', null), line('5xx')).at(-1)).toBe('total –')
})

test('lines are read in their own order, and not added up', () => {
  expect(wordsOf('lines', line('p50', 1), line('p99', 2))).toEqual(['p50 1.0 per s', 'p99 2.0 per s'])
})
