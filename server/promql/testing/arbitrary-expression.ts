// Expressions over the generated series, made of parts that several of them have in common.
import fc from 'fast-check'

const parts = [
  'rate(requests_total[1m])',
  'increase(latency_seconds_bucket[5m])',
  'rate(temperature_celsius[95s])',
  'temperature_celsius',
  'up{instance=~"a.*|c.*"}',
  'flapping offset 30s',
  'memory_bytes @ end()',
  'first_over_time(memory_bytes[min_of(range(), 1m) + step() + 10])',
  'increase(requests_total[1m] smoothed)',
  'rate(requests_total[1m] anchored)',
  'temperature_celsius smoothed',
  'histogram_quantile(2, latency_seconds_bucket)',
  'histogram_quantile(0.9, rate(latency_seconds_bucket[5m]))',
  'requests_total * on() requests_total',
  '{job=~".+"}',
]
const wholes: ((a: string, b: string) => string)[] = [
  (a) => `sum by (instance) (${a})`,
  (a) => `avg(${a})`,
  (a) => `count_values("value", ${a})`,
  (a) => `topk(2, ${a})`,
  (a) => `limitk(2, ${a})`,
  (a) => `limit_ratio(0.5, ${a})`,
  (a) => `-${a}`,
  (a) => `abs(${a})`,
  (a) => `clamp(${a}, 1, 0.5)`,
  (a) => `sort_desc(${a})`,
  (a) => `label_replace(${a}, "route", "$1", "instance", "(.).*")`,
  (a) => `(${a}) * 2`,
  (a) => `(${a}) > bool 1`,
  (a) => `quantile(1.5, ${a})`,
  (a) => `max_over_time((${a})[1m:13s])`,
  (a, b) => `(${a}) and on (instance) (${b})`,
  (a, b) => `(${a}) or (${b})`,
  (a, b) => `(${a}) unless (${b})`,
  (a, b) => `(${a}) + ignoring (route) (${b})`,
  (a, b) => `(${a}) + on (instance, route) group_left fill (1) (${b})`,
  (a) => `max_over_time((${a})[step() + 1m:13s])`,
]
const part = fc.constantFrom(...parts)
const inner = fc.oneof(
  part,
  fc.tuple(fc.constantFrom(...wholes), part, part).map(([of, a, b]) => of(a, b)),
)
export const expression = fc.oneof(
  inner,
  fc.tuple(fc.constantFrom(...wholes), inner, inner).map(([of, a, b]) => of(a, b)),
)
