// The metrics of the history on disk.
import { countUpTo } from '../../instrument/count-up-to'
import { declareGauge } from '../../instrument/declare'
import type { Gauge } from '../../instrument/metric-types'
import type { OurRegistry } from '../../instrument/registry'
import type { History } from './history'

/** Declares them in `registry`. */
export function declareHistoryMetrics(registry: OurRegistry, { status }: Pick<History, 'status'>): void {
  const total = (name: string, help: string, count: () => number) => countUpTo(registry, { name, help }, count)
  const gauge = (name: string, help: string, value: () => number) => {
    const declared: Gauge = declareGauge(registry, {
      name,
      help,
      collect() {
        declared.set(value())
      },
    })
  }
  total('hearth_history_flushes_total', 'Times that the history was written to disk.', () => status().flushes)
  total('hearth_history_flush_failures_total', 'Times that it could not be.', () => status().failures)
  gauge('hearth_history_on_disk', '1 while the history is written to disk, 0 while it is in memory only.', () =>
    status().state === 'disk' ? 1 : 0,
  )
  gauge(
    'hearth_history_last_flush_timestamp_seconds',
    'When the history was last written to disk (seconds since 1970); 0 before the first time.',
    () => (status().lastFlushMs ?? 0) / 1000,
  )
  gauge('hearth_history_size_bytes', 'Size of the history file with its journal (bytes).', () => status().bytes)
  gauge(
    'hearth_history_size_limit_bytes',
    'Size that the history file does not exceed (bytes).',
    () => status().limitBytes,
  )
}
