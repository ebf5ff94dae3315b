// The table of aggregations: what each makes of one group of columns.

import { countValues } from './aggregations/count-values'
import { count, group } from './aggregations/counting'
import type { Aggregation } from './aggregations/group'
import { limitK, limitRatio } from './aggregations/limiting'
import { bottomK, topK } from './aggregations/ranking'
import { quantile, stddev, stdvar } from './aggregations/spread'
import { average, max, min, sum } from './aggregations/totals'
import type { AggregateOp } from './ast'

export const aggregations: Readonly<Record<AggregateOp, Aggregation>> = {
  avg: average,
  bottomk: bottomK,
  count,
  count_values: countValues,
  group,
  limit_ratio: limitRatio,
  limitk: limitK,
  max,
  min,
  quantile,
  stddev,
  stdvar,
  sum,
  topk: topK,
}
