import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Storage } from '../storage'
import { beginHistory } from './begin-history'
import type { HistoryFile } from './history-file'
import { openHistoryFile } from './history-file'
import { PARTS } from './write-behind'

const BEGIN_MS = 1_760_000_000_000
const RETENTION_MS = 600_000
const SERIES = 30

type Step =
  | { kind: 'append'; from: number; to: number; seconds: number; value: number }
  | { kind: 'flush'; times: number }
  | { kind: 'restart'; isCrash: boolean; seconds: number }

const aSeries = fc.integer({ min: 0, max: SERIES - 1 })
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      from: aSeries,
      to: aSeries,
      seconds: fc.constantFrom(1, 1, 5, 60, 400),
      value: fc.double(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('flush' as const), times: fc.constantFrom(1, 1, 2, PARTS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      isCrash: fc.boolean(),
      seconds: fc.constantFrom(2, 30, 300),
    }),
  },
)

/** The samples within the retention as of some instant, without staleness markers. */
function samplesOf(memory: Storage, horizonMs: number): string[] {
  const told: string[] = []
  for (const { labels, timestampsMs, values, stale } of memory.select([], horizonMs, Number.POSITIVE_INFINITY)) {
    for (const [i, ms] of timestampsMs.entries()) {
      if (!stale?.[i]) told.push(`${labels.__name__} ${ms}=${Object.is(values[i], -0) ? '-0' : values[i]}`)
    }
  }
  return told.sort()
}

it('what was flushed is back after any stop or crash, however series come and go', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
      const directory = mkdtempSync(join(tmpdir(), 'churn-'))
      let nowMs = BEGIN_MS
      let file: HistoryFile | undefined
      const begin = () =>
        beginHistory(
          {
            directory,
            startedAtMs: nowMs,
            open: async (...question) => (file = await openHistoryFile(...question)),
            log: (message) => expect.fail(message),
          },
          { retentionMs: RETENTION_MS, seriesLimit: SERIES },
        )
      let { memory, history } = begin()
      let flushed: string[] = []
      const flush = async () => {
        expect(await history.flush()).toBe(true)
        flushed = samplesOf(memory, memory.horizonMs())
      }
      try {
        await flush()
        for (const step of steps) {
          if (step.kind === 'append') {
            nowMs += step.seconds * 1000
            for (let i = step.from; i <= step.to; i++) memory.append({ __name__: `s${i}` }, nowMs, step.value)
          } else if (step.kind === 'flush') {
            for (let i = 0; i < step.times; i++) await flush()
          } else {
            if (!step.isCrash) await flush()
            await file?.close()
            nowMs += step.seconds * 1000
            ;({ memory, history } = begin())
            expect(await history.flush()).toBe(true)
            const horizonMs = memory.horizonMs()
            const expected = flushed.filter((told) => Number(/ (\d+)=/.exec(told)?.[1]) >= horizonMs)
            expect(samplesOf(memory, horizonMs)).toEqual(expected)
            flushed = expected
          }
        }
      } finally {
        await file?.close()
        rmSync(directory, { recursive: true, force: true })
      }
    }),
    { numRuns: 25 },
  )
})
