import { describe, expect, test } from 'vitest'
import { evaluateInstant, evaluateRange } from './engine'
import { functions } from './functions'
import { ask } from './testing/ask'
import { load } from './testing/series-notation'

/** A sample every 10 s; asked at 60 s, when the newest has just come. */
const source = load(
  10_000,
  `gauge 3 -1 NaN 7 7 2 5
   counter_total 0 10 20 5 15 25 35
   steady{a="x"} 4x6
   half -2.5x6
   undefined_value NaNx6
   up{job="api", instance="api-1:80", src="a", other="b"} 1x6
   order{n="n2"} 1x6
   order{n="n10"} 3x6
   order{n="n1"} NaNx6
   leap 1709164800x6
   bucket{le="1"} 4x6
   bucket{le="3"} 8x6
   bucket{le="+Inf"} 10x6
   empty_total _x6`,
)

describe('a function is what its documentation says', () => {
  const cases: [expr: string, lines: string[]][] = [
    ['abs(half)', ['{} 2.5']],
    ['ceil(half)', ['{} -2']],
    ['floor(half)', ['{} -3']],
    ['round(half)', ['{} -2']],
    ['round(vector(2.55), 0.1)', ['{} 2.6']],
    ['round(vector(7), 5)', ['{} 5']],
    ['sgn(half)', ['{} -1']],
    ['sqrt(steady)', ['{a="x"} 2']],
    ['exp(vector(0))', ['{} 1']],
    ['ln(vector(0))', ['{} -Infinity']],
    ['ln(vector(-1))', ['{} NaN']],
    ['log2(vector(8))', ['{} 3']],
    ['log10(vector(1000))', ['{} 3']],
    ['deg(vector(pi()))', ['{} 180']],
    ['rad(vector(180))', [`{} ${Math.PI}`]],
    ['clamp(half, -1, 1)', ['{} -1']],
    ['clamp(half, 1, -1)', []],
    ['clamp(half, NaN, 1)', ['{} NaN']],
    ['clamp_min(half, 0)', ['{} 0']],
    ['clamp_max(half, -3)', ['{} -3']],

    ['avg_over_time(steady[1m])', ['{a="x"} 4']],
    ['count_over_time(gauge[1m])', ['{} 6']],
    ['sum_over_time(counter_total[30s])', ['{} 75']],
    ['min_over_time(gauge[1m])', ['{} -1']],
    ['max_over_time(gauge[1m])', ['{} 7']],
    ['min_over_time(undefined_value[1m])', ['{} NaN']],
    ['last_over_time(gauge[1m])', ['gauge{} 5']],
    ['present_over_time(gauge[1m])', ['{} 1']],
    ['quantile_over_time(0.5, counter_total[30s])', ['{} 25']],
    ['stddev_over_time(counter_total[30s])', [`{} ${Math.sqrt(200 / 3)}`]],
    ['stdvar_over_time(steady[1m])', ['{a="x"} 0']],
    ['mad_over_time(counter_total[30s])', ['{} 10']],
    ['ts_of_max_over_time(gauge[1m])', ['{} 40']],
    ['ts_of_min_over_time(gauge[1m])', ['{} 10']],
    ['ts_of_last_over_time(gauge[1m])', ['{} 60']],
    ['changes(gauge[1m])', ['{} 4']],
    ['changes(undefined_value[1m])', ['{} 0']],
    ['resets(counter_total[1m])', ['{} 1']],
    ['increase(counter_total[30s])', ['{} 30']],
    ['rate(counter_total[30s])', ['{} 1']],
    ['irate(counter_total[1m])', ['{} 1']],
    ['delta(counter_total[30s])', ['{} 30']],
    ['idelta(gauge[1m])', ['{} 3']],
    ['deriv(counter_total[30s])', ['{} 1']],
    ['predict_linear(counter_total[30s], 60)', ['{} 95']],
    ['deriv(gauge[5s])', []],
    ['double_exponential_smoothing(counter_total[30s], 0.5, 0.5)', ['{} 35']],

    ['absent(up)', []],
    ['absent(nothing{job="x", a=~"b"})', ['{job="x"} 1']],
    ['absent(nothing{job="x", job="y"})', ['{} 1']],
    ['absent(sum(nothing{job="x"}))', ['{} 1']],
    ['absent_over_time(up[1m])', []],
    ['absent_over_time(empty_total{job="x"}[1m])', ['{job="x"} 1']],

    ['vector(5)', ['{} 5']],
    ['scalar(half)', ['-2.5']],
    ['scalar(order)', ['NaN']],
    ['scalar(nothing)', ['NaN']],
    ['time()', ['60']],
    ['timestamp(gauge offset 5s)', ['{} 50']],
    ['timestamp(gauge + 1)', ['{} 60']],
    ['pi()', [String(Math.PI)]],

    ['year(leap)', ['{} 2024']],
    ['month(leap)', ['{} 2']],
    ['day_of_month(leap)', ['{} 29']],
    ['day_of_week(leap)', ['{} 4']],
    ['day_of_year(leap)', ['{} 60']],
    ['days_in_month(leap)', ['{} 29']],
    ['hour(vector(-1))', ['{} 23']],
    ['minute()', ['{} 1']],
    ['year(vector(1e12))', ['{} 33658']],

    ['label_replace(up, "src", "", "", "")', ['up{instance="api-1:80", job="api", other="b"} 1']],
    [`label_replace(steady, "b", "$1-\${2}-$$-$n-$9", "a", "(?P<n>(.))")`, ['steady{a="x", b="x-x-$-x-"} 4']],
    ['label_replace(steady, "b", "c", "a", "y")', ['steady{a="x"} 4']],
    [
      'label_join(up, "src", ",", "src", "other", "none")',
      ['up{instance="api-1:80", job="api", other="b", src="a,b,"} 1'],
    ],

    ['sort(order)', ['order{n="n2"} 1', 'order{n="n10"} 3', 'order{n="n1"} NaN']],
    ['sort_desc(order)', ['order{n="n10"} 3', 'order{n="n2"} 1', 'order{n="n1"} NaN']],
    ['sort_by_label(order, "n")', ['order{n="n1"} NaN', 'order{n="n2"} 1', 'order{n="n10"} 3']],
    ['sort_by_label_desc(order, "n")', ['order{n="n10"} 3', 'order{n="n2"} 1', 'order{n="n1"} NaN']],

    ['histogram_quantile(0.6, bucket)', ['{} 2']],
    ['histogram_fraction(1, 2, bucket)', ['{} 0.2']],
    ['histogram_fraction(2, 1, bucket)', ['{} 0']],
    ['histogram_fraction(1, 2, bucket{le!="+Inf"})', ['{} NaN']],
  ]
  test.each(cases)('%s', async (expr, lines) => expect(await ask(source, expr, 60_000)).toEqual(lines))
})

test('label_replace refuses what is too large for it', async () => {
  const long = `label_join(up, "a", "", ${Array.from({ length: 3000 }, () => '"instance"').join()})`
  await expect(
    evaluateInstant(source, `label_replace(${long}, "b", "", "a", "(.*-.*-.*-)*")`, 60_000),
  ).rejects.toMatchObject({
    message: 'a regular expression would take more than 250000 steps to try a label value of 24000 characters',
  })
  const large = 'label_replace(up, "b", "", "a", "(?:ab){1000}")'
  await expect(evaluateInstant(source, large, 60_000)).rejects.toMatchObject({
    message:
      'invalid regular expression in label_replace(): error parsing regexp: expression too large: it takes more than 2000 instructions',
  })
})

test('functions of native histograms have nothing to say of floats', async () => {
  for (const [name, { args }] of functions) {
    if (!/^histogram_(avg|count|sum|std)/.test(name)) continue
    expect(args).toEqual(['vector'])
    expect(await ask(source, `${name}(up)`, 60_000)).toEqual([])
  }
})

test('arguments may differ from step to step', async () => {
  const range = { startMs: 0, endMs: 20_000, stepMs: 10_000 }
  const { series } = await evaluateRange(source, 'clamp_max(steady, scalar(counter_total) / 5)', range)
  expect(series[0]?.points).toEqual([
    [0, 0],
    [10_000, 2],
    [20_000, 4],
  ])
})

describe('where names are dropped, as of Prometheus 3.9,', () => {
  const apart = load(10_000, 'early_total 1 2 3 _x9\n late_total _x9 1 2 3')
  const range = { startMs: 0, endMs: 120_000, stepMs: 10_000 }
  const both = '{__name__=~".*_total"}'
  test.each([
    `rate(${both}[20s])`,
    `abs(${both})`,
    `-${both}`,
    `label_replace(${both}, "__name__", "x", "", "")`,
    `label_join(${both}, "__name__", "", "none")`,
    `max_over_time(${both}[20s])`,
  ])('series that never meet are joined: %s', async (expr) => {
    const { series } = await evaluateRange(apart, expr, range, { lookbackMs: 10_000 })
    expect(series).toHaveLength(1)
  })

  test.each([`rate(${both}[5m])`, `-${both}`, `label_replace(${both}, "__name__", "x", "", "")`])(
    'series that meet are an error: %s',
    async (expr) => {
      const message = 'vector cannot contain metrics with the same labelset'
      await expect(evaluateRange(apart, expr, range)).rejects.toMatchObject({ message })
    },
  )
})

describe('Prometheus remarks on', () => {
  test.each([
    [
      'rate(gauge[1m])',
      'info',
      'metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "gauge" (1:6)',
    ],
    ['quantile_over_time(2, gauge[1m])', 'warning', 'quantile value should be between 0 and 1, got 2 (1:20)'],
    ['quantile(-1, gauge)', 'warning', 'quantile value should be between 0 and 1, got -1 (1:10)'],
    [
      'histogram_quantile(0.5, up)',
      'warning',
      'bucket label "le" is missing or has a malformed value of "" for metric name "up" (1:25)',
    ],
  ])('%s', async (expr, level, message) => {
    const annotations: unknown[] = []
    await evaluateInstant(source, expr, 60_000, { onAnnotation: (annotation) => annotations.push(annotation) })
    expect(annotations).toMatchObject([{ level, message: `PromQL ${level}: ${message}` }])
  })
})
