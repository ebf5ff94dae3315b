import { expect, it } from 'vitest'
import { atOnce } from '../slices'
import { createStorage } from './storage'

it("counts series by what they have in common, as Prometheus's status/tsdb does", () => {
  const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 100 })
  for (const route of ['/', '/é']) {
    for (const status of ['200', '404', '500']) storage.append({ __name__: 'requests_total', route, status }, 5000, 1)
  }
  storage.append({ __name__: 'up', route: '' }, 6000, 1)
  expect(atOnce(storage.tsdbStatus(3))).toEqual({
    headStats: { numSeries: 7, numLabelPairs: 7, chunkCount: 7, minTime: 5000, maxTime: 6000 },
    seriesCountByMetricName: [
      { name: 'requests_total', value: 6 },
      { name: 'up', value: 1 },
    ],
    labelValueCountByLabelName: [
      { name: 'status', value: 3 },
      { name: '__name__', value: 2 },
      { name: 'route', value: 2 },
    ],
    memoryInBytesByLabelName: [
      { name: '__name__', value: 156 },
      { name: 'status', value: 66 },
      { name: 'route', value: 54 },
    ],
    seriesCountByLabelValuePair: [
      { name: '__name__=requests_total', value: 6 },
      { name: 'route=/', value: 3 },
      { name: 'route=/é', value: 3 },
    ],
  })
})

it('says of an empty storage that it has no times', () => {
  const { headStats } = atOnce(createStorage({ retentionMs: 1000, seriesLimit: 1 }).tsdbStatus())
  expect(headStats).toEqual({ numSeries: 0, numLabelPairs: 0, chunkCount: 0, minTime: undefined, maxTime: undefined })
})
