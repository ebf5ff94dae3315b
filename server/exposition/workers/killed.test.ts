import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { bundle } from '../../../scripts/bundle.mjs'
import { killAtRandom } from './kill-at-random'

const PATIENCE_MS = 240_000

it.each([
  ['plain processes', { workers: 3, isCluster: false, kills: { SIGTERM: 4, SIGKILL: 4 }, seed: 20_261_128 }],
  ['workers of a cluster', { workers: 3, isCluster: true, kills: { SIGTERM: 4, SIGKILL: 4 }, seed: 31_415 }],
])(
  'what %s count is exact but for the second before a SIGKILL, and never goes back',
  async (_, run) => {
    const directory = mkdtempSync(join(tmpdir(), 'workers-'))
    try {
      const program = await bundle(fileURLToPath(new URL('worker.program.ts', import.meta.url)))
      const { atRisk, counted, errors, reads, sent, wentBack } = await killAtRandom({ ...run, directory, program })
      expect(wentBack).toEqual([])
      expect(errors).toEqual([])
      expect(reads).toBeGreaterThan(0)
      expect(counted).toBeLessThanOrEqual(sent.most)
      expect(counted).toBeGreaterThanOrEqual(sent.least - atRisk)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  },
  PATIENCE_MS,
)
