import { expect, test } from 'vitest'
import type { Target } from '../_state/chosen-target'
import { EVERY_TARGET } from '../_state/chosen-target'
import { toScope, toScopeChoices } from './scope'

const shop = { job: 'shop', instance: 'a:1' }

test.each<[string, Parameters<typeof toScope>, ReturnType<typeof toScope>]>([
  ['the chosen target', [undefined, shop], { asked: shop, matchers: 'job="shop",instance="a:1"' }],
  ['every target', [EVERY_TARGET, shop], { asked: { every: true }, matchers: 'job=~".*"' }],
  ['a job', ['mail', shop], { asked: { job: 'mail' }, matchers: 'job="mail"' }],
  ['all of an engine', [undefined, undefined], { asked: {}, matchers: 'job=~".*"' }],
])('the metrics of %s', (_, input, scope) => expect(toScope(...input)).toEqual(scope))

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
