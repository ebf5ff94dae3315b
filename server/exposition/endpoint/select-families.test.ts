import { expect, test } from 'vitest'
import type { Family, MetricType } from '../snapshot'
import { selectFamilies } from './select-families'

const family = (name: string, type: MetricType): Family => ({ name, type, help: '', unit: '', samples: [] })
const snapshot = {
  takenAtMs: 5,
  families: [
    family('requests_total', 'counter'),
    family('latency_seconds', 'histogram'),
    family('size_bytes', 'summary'),
    family('up', 'gauge'),
    family('build', 'info'),
  ],
}
const select = (...names: string[]) => selectFamilies(snapshot, names).families.map(({ name }) => name)

test('without names there is everything', () => {
  expect(selectFamilies(snapshot, [])).toBe(snapshot)
})

test.each([
  ['up', ['up']],
  ['requests_total', ['requests_total']],
  ['requests', ['requests_total']],
  ['requests_created', ['requests_total']],
  ['latency_seconds', ['latency_seconds']],
  ['latency_seconds_bucket', ['latency_seconds']],
  ['latency_seconds_sum', ['latency_seconds']],
  ['latency_seconds_count', ['latency_seconds']],
  ['size_bytes_count', ['size_bytes']],
  ['build_info', ['build']],
  ['size_bytes_bucket', []],
  ['up_total', []],
  ['lat', []],
  ['', []],
])('%s finds %j', (name, found) => {
  expect(select(name)).toEqual(found)
})

test('several names find several families, in their order and once each', () => {
  expect(select('up', 'latency_seconds_sum', 'latency_seconds_count', 'none', 'up')).toEqual(['latency_seconds', 'up'])
})
