// features: what this server can do, in the categories and by the names that Prometheus 3.9 and later have for it.
import type { Features } from '../../features'
import { aggregations } from '../../promql/aggregations'
import { functions } from '../../promql/functions'
import { operators } from '../../promql/operators'
import type { Answer } from './answer'
import { jsonValue } from './json-text'
import type { Question, Sources } from './sources'

/** Whoever asks takes what is not named for missing. */
export function answerFeatures(_: Question, { settings }: Sources): Answer {
  const { features } = settings
  return {
    data: jsonValue({
      api: {
        admin: false,
        exclude_alerts: true,
        label_values_match: true,
        lifecycle: false,
        otlp_write_receiver: false,
        query_stats: true,
        query_warnings: true,
        remote_write_receiver: false,
        time_range_labels: true,
        time_range_series: true,
      },
      promql: languageOf(features),
      promql_functions: functionsOf(features),
      promql_operators: operatorsOf(features),
      tsdb: { exemplar_storage: true, native_histograms: false },
    }),
  }
}

function languageOf({ extendedRangeSelectors, fillModifiers }: Features): Record<string, boolean> {
  return {
    anchored: extendedRangeSelectors,
    at_modifier: true,
    bool: true,
    by: true,
    delayed_name_removal: false,
    duration_expr: true,
    fill: fillModifiers,
    fill_left: fillModifiers,
    fill_right: fillModifiers,
    group_left: true,
    group_right: true,
    ignoring: true,
    negative_offset: true,
    offset: true,
    on: true,
    per_query_lookback_delta: true,
    per_step_stats: false,
    smoothed: extendedRangeSelectors,
    subqueries: true,
    type_and_unit_labels: false,
    without: true,
  }
}

function functionsOf({ experimentalFunctions }: Features): Record<string, boolean> {
  const isOn = ([name, spec]: [string, { isExperimental?: boolean }]) =>
    [name, spec.isExperimental !== true || experimentalFunctions] as const
  return Object.fromEntries([...functions].map(isOn))
}

function operatorsOf({ experimentalFunctions }: Features): Record<string, boolean> {
  const always = [...Object.keys(operators), ...Object.keys(aggregations), '=', '=~', '!~', '@']
  const experimental = { limit_ratio: experimentalFunctions, limitk: experimentalFunctions }
  return { ...Object.fromEntries(always.map((name) => [name, true])), ...experimental }
}
