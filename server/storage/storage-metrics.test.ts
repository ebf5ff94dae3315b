import { expect, it } from 'vitest'
import { collect } from '../exposition/collect'
import { createRegistry } from '../instrument/registry'
import { createStorage } from './storage'
import { declareStorageMetrics } from './storage-metrics'

it('say what the status says, however often they are collected and declared', async () => {
  const storage = createStorage({ retentionMs: 1000, seriesLimit: 1, memoryLimitBytes: 5000 })
  const registry = createRegistry()
  declareStorageMetrics(registry, storage)
  declareStorageMetrics(registry, storage)
  const values = async () => {
    const own = (await collect(registry)).families.filter(({ name }) => name.startsWith('hearth_storage_'))
    const samples = own.flatMap(({ samples }) => samples).filter(({ name }) => !name.endsWith('_created'))
    return Object.fromEntries(
      samples.map(({ name, labels, value }) => [[name, ...Object.values(labels)].join(' '), value]),
    )
  }
  const nothing = {
    hearth_storage_series: 0,
    hearth_storage_samples: 0,
    hearth_storage_chunks: 0,
    hearth_storage_chunk_bytes: 0,
    hearth_storage_samples_appended_total: 0,
    'hearth_storage_samples_refused_total series_limit': 0,
    'hearth_storage_samples_refused_total memory_limit': 0,
    'hearth_storage_samples_refused_total too_old': 0,
    'hearth_storage_samples_refused_total too_far_ahead': 0,
    'hearth_storage_samples_refused_total out_of_order': 0,
    'hearth_storage_samples_refused_total duplicate': 0,
    hearth_storage_series_refused_total: 0,
    hearth_storage_series_bytes: 0,
    hearth_storage_memory_limit_bytes: 5000,
    hearth_storage_shortenings_total: 0,
    'hearth_storage_clock_steps_total forward': 0,
    'hearth_storage_clock_steps_total back': 0,
  }
  expect(await values()).toEqual(nothing)

  for (let timestampMs = 0; timestampMs <= 200; timestampMs++) storage.append({ __name__: 'a' }, timestampMs, 1)
  for (const timestampMs of [200, 3, 4]) storage.append({ __name__: 'a' }, timestampMs, 1)
  storage.append({ __name__: 'b' }, 200, 1)
  storage.refuseAhead()
  storage.refuseForMemory(7)
  storage.skip(200, 5000)
  await collect(registry)
  storage.setBack(150)
  const { chunkBytes, seriesBytes } = storage.status()
  expect(seriesBytes).toBeGreaterThan(0)
  expect(chunkBytes).toBeGreaterThan(0)
  expect(await values()).toEqual({
    ...nothing,
    hearth_storage_series: 1,
    hearth_storage_samples: 151,
    hearth_storage_chunks: 2,
    hearth_storage_chunk_bytes: chunkBytes,
    hearth_storage_samples_appended_total: 201,
    'hearth_storage_samples_refused_total series_limit': 1,
    'hearth_storage_samples_refused_total too_far_ahead': 1,
    'hearth_storage_samples_refused_total out_of_order': 2,
    'hearth_storage_samples_refused_total duplicate': 1,
    'hearth_storage_samples_refused_total memory_limit': 7,
    hearth_storage_series_refused_total: 1,
    hearth_storage_series_bytes: seriesBytes,
    'hearth_storage_clock_steps_total forward': 1,
    'hearth_storage_clock_steps_total back': 1,
  })
})
