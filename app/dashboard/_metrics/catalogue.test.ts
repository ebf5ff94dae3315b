import { describe, expect, test } from 'vitest'
import type { FamilySummary } from '@/server/trpc/families'
import type { CatalogueRow, Wanted } from './catalogue'
import { toCatalogue, toChoices } from './catalogue'

const invent = (name: string, changes: Partial<FamilySummary> = {}): FamilySummary => ({
  name,
  metric: name,
  type: 'counter',
  help: '',
  unit: '',
  seriesCount: 1,
  labels: [],
  ...changes,
})

const families = [
  invent('requests_total', { help: 'Total HTTP requests.', labels: [{ name: 'route', values: 4 }] }),
  invent('requests_in_flight', { type: 'gauge', labels: [{ name: 'kind', values: 2 }] }),
  invent('up', { type: 'gauge' }),
  invent('process_cpu_seconds_total'),
  invent('process_open_fds', { type: 'gauge' }),
  invent('job:requests:rate5m', { type: 'unknown', labels: [{ name: 'route', values: 4 }] }),
]

const ALL: Wanted = { search: '', type: undefined, label: undefined }

const toText = (row: CatalogueRow) => (row.kind === 'group' ? `${row.prefix} (${row.count})` : row.family.name)

describe('the list has', () => {
  test.each<[string, Partial<Wanted>, string[]]>([
    [
      'every metric under the first word of its name, those that share it with no other later, the runtime last',
      {},
      [
        'requests (2)',
        'requests_in_flight',
        'requests_total',
        'others (2)',
        'job:requests:rate5m',
        'up',
        'process (2)',
        'process_cpu_seconds_total',
        'process_open_fds',
      ],
    ],
    ['what has every word, in name or help', { search: 'http  Request' }, [' (1)', 'requests_total']],
    ['what has a type', { type: 'gauge', search: 'p' }, [' (2)', 'process_open_fds', 'up']],
    ['what has a label', { label: 'route' }, [' (2)', 'job:requests:rate5m', 'requests_total']],
    ['nothing where nothing fits', { search: 'nosuch' }, []],
  ])('%s', (_, wanted, expected) => {
    expect(toCatalogue(families, { ...ALL, ...wanted }).map(toText)).toEqual(expected)
  })
})

test('the choices are the types that there are, and the labels of most metrics first', () => {
  expect(toChoices(families)).toEqual({ types: ['counter', 'gauge', 'unknown'], labels: ['route', 'kind'] })
})
