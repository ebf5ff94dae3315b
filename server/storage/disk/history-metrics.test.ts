import { expect, test } from 'vitest'
import { createRegistry } from '../../instrument/registry'
import type { HistoryStatus } from './history'
import { declareHistoryMetrics } from './history-metrics'

test('the metrics of the history say what its status says, whenever they are collected', async () => {
  let status: HistoryStatus = {
    file: 'history.db',
    state: 'opening',
    problem: undefined,
    loadedMs: undefined,
    flushes: 0,
    failures: 0,
    lastFlushMs: undefined,
    bytes: 0,
    limitBytes: 1000,
  }
  const registry = createRegistry()
  declareHistoryMetrics(registry, { status: () => status })
  const values = async () => {
    const families = await registry.getMetricsAsJSON()
    return families.map(({ name, values }) => `${name} ${values[0]?.value}`)
  }
  expect(await values()).toEqual([
    'hearth_history_flushes_total 0',
    'hearth_history_flush_failures_total 0',
    'hearth_history_on_disk 0',
    'hearth_history_last_flush_timestamp_seconds 0',
    'hearth_history_size_bytes 0',
    'hearth_history_size_limit_bytes 1000',
  ])
  status = { ...status, state: 'disk', flushes: 7, failures: 2, lastFlushMs: 1500, bytes: 300 }
  await values()
  status = { ...status, flushes: 8 }
  expect(await values()).toEqual([
    'hearth_history_flushes_total 8',
    'hearth_history_flush_failures_total 2',
    'hearth_history_on_disk 1',
    'hearth_history_last_flush_timestamp_seconds 1.5',
    'hearth_history_size_bytes 300',
    'hearth_history_size_limit_bytes 1000',
  ])
})
