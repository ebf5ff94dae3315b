import { expect, test } from 'vitest'
import { overview } from '../_boards/overview'
import type { Board, Panel } from '../_boards/panel'
import type { Target } from '../_state/chosen-target'
import { EVERY_TARGET } from '../_state/chosen-target'
import { toScope, toScopeChoices, withinScope } from './scope'

const shop = { job: 'shop', instance: 'a:1' }

test.each<[string, Parameters<typeof toScope>, ReturnType<typeof toScope>]>([
  ['the chosen target', [undefined, shop], { asked: shop, matchers: 'job="shop",instance="a:1"', words: undefined }],
  ['every target', [EVERY_TARGET, shop], { asked: { every: true }, matchers: 'job=~".*"', words: 'every target' }],
  ['a job', ['mail', shop], { asked: { job: 'mail' }, matchers: 'job="mail"', words: 'job mail' }],
  ['all of an engine', [undefined, undefined], { asked: {}, matchers: 'job=~".*"', words: undefined }],
])('the metrics of %s', (_, input, scope) => expect(toScope(...input)).toEqual(scope))

test('panels of a scope keep asking it where they are pinned; those of the target follow the bar', () => {
  const panel: Panel = {
    ...{ id: 'p', title: 'P', subtitle: 'value', unit: 'plain', help: '', empty: '', chart: 'lines' },
    queries: [{ expr: 'sum(up{$target})', legend: '' }],
  }
  const board: Board = { ...overview, places: [{ span: 12, panels: [panel] }] }
  const asked = (of: string | undefined) => {
    const [{ subtitle, queries } = panel] = withinScope(board, toScope(of, shop)).places[0]?.panels ?? []
    return [subtitle, queries[0]?.expr]
  }
  expect(asked(EVERY_TARGET)).toEqual(['value, every target', 'sum(up{job=~".*"})'])
  expect(asked('a$b')).toEqual(['value, job a$b', 'sum(up{job="a\\x24b"})'])
  expect(asked(undefined)).toEqual(['value', 'sum(up{$target})'])
})

const invent = (job: string, instance: string): Target => ({
  job,
  instance,
  labels: {},
  url: '',
  timeoutMs: 1000,
  up: true,
  lastScrapeMs: 0,
  lastUpMs: 0,
  lastDurationSeconds: 0,
  lastError: undefined,
  samples: 0,
  isHearth: false,
})
const embedded = { kind: 'embedded' as const }
const engine = { kind: 'prometheus' as const, url: 'http://prometheus:9090' }

test.each<[string, Parameters<typeof toScopeChoices>, string[]]>([
  ['nothing where there is one target', [{ source: embedded, targets: [invent('shop', 'a:1')] }, []], []],
  [
    'this target, all, and the jobs of several',
    [{ source: embedded, targets: [invent('app', 'x:1'), invent('shop', 'a:1'), invent('shop', 'b:1')] }, []],
    ['', EVERY_TARGET, 'shop'],
  ],
  ['the jobs of an engine', [{ source: engine, targets: [] }, ['node', 'shop']], ['', 'node', 'shop']],
  ['nothing where an engine has one job', [{ source: engine, targets: [] }, ['node']], []],
])('there can be chosen: %s', (_, input, values) => {
  expect(toScopeChoices(...input).map(({ value }) => value)).toEqual(values)
})
