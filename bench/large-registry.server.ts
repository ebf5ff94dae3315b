// Loaded before the production server (node --import): an app that has had so many requests that its exposition has
// 100,000 lines.
import { declareHistogram } from '../server/instrument/declare'
import { processRegistry } from '../server/instrument/registry'

const LINES = 100_000
const LINES_PER_SET = 16
const SETS_PER_METRIC = 2_000
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

for (let lines = 0; lines < LINES; lines += SETS_PER_METRIC * LINES_PER_SET) {
  const metric = declareHistogram(processRegistry(), {
    name: `shop_${lines}_seconds`,
    help: 'Time that something takes.',
    labels: ['method', 'route', 'status'],
    buckets: BUCKETS,
  })
  for (let set = 0; set < SETS_PER_METRIC; set++) {
    metric.observe({ method: 'GET', route: `/products/[id]/${set}`, status: '200' }, Math.random())
  }
}
