import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { bundle } from '../../../scripts/bundle.mjs'
import { beginHistory } from './begin-history'
import { inventedLabels, inventedValue, TICK_MS } from './invented-samples'

const KILLS = 54
const SERIES = 60
const LATEST_KILL_MS = 100
const PATIENCE_MS = 300_000

/** What was appended and acknowledged in one run of the program. */
type Run = { firstTick: number; ackedTick: number }

it(
  `loses nothing that was flushed, and invents nothing, over ${KILLS} kills at random moments`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'killed-'))
    const program = await bundle(fileURLToPath(new URL('writer.program.ts', import.meta.url)))
    const runs: Run[] = []
    let tick = 1_760_000_000
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const ackedTick = await runAndKill(program, directory, tick, kill % 3 > 0)
        runs.push({ firstTick: tick, ackedTick })
        const newestTick = await check(directory, runs)
        tick = Math.max(newestTick, tick) + 10
      }
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
    const flushedRuns = runs.filter(({ ackedTick }) => ackedTick > 0)
    expect(flushedRuns.length).toBeGreaterThanOrEqual((KILLS * 2) / 3)
  },
  PATIENCE_MS,
)

/** Gives the last tick that the program said was flushed before it was killed; 0 where it said nothing. */
async function runAndKill(program: string, directory: string, tick: number, isFlushAwaited: boolean): Promise<number> {
  const child = spawn(process.execPath, [program, directory, `${SERIES}`, `${tick}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const ended = Promise.all([once(child, 'close')])
  if (isFlushAwaited) await once(child.stdout, 'data')
  await sleep(Math.random() * LATEST_KILL_MS)
  child.kill('SIGKILL')
  await ended
  // A line that was cut off acknowledges nothing.
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))
}

/** Compares all that is back with what was appended, sample by sample. Gives the newest tick of all. */
async function check(directory: string, runs: readonly Run[]): Promise<number> {
  const { memory, history, said } = beginHistory({ directory, startedAtMs: Number.MAX_SAFE_INTEGER })
  expect(await history.flush()).toBe(true)
  const horizonMs = memory.horizonMs()
  let newestTick = 0
  for (let series = 0; series < SERIES; series++) {
    const matchers = [{ name: 'series', op: '=' as const, value: `${series}` }]
    const [back] = memory.select(matchers, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    const ticks = new Set<number>()
    const wrong: unknown[] = []
    if (back !== undefined) expect(back.labels).toEqual(inventedLabels(series))
    for (const [i, ms] of back?.timestampsMs.entries() ?? []) {
      if (back?.stale?.[i]) continue
      const tick = ms / TICK_MS
      ticks.add(tick)
      if (!Object.is(back?.values[i], inventedValue(series, tick))) wrong.push([tick, back?.values[i]])
    }
    const missing: number[] = []
    for (const { firstTick, ackedTick } of runs) {
      for (let tick = firstTick; tick <= ackedTick; tick++) {
        if (tick * TICK_MS >= horizonMs && !ticks.has(tick)) missing.push(tick)
      }
    }
    expect({ series, missing, wrong }).toEqual({ series, missing: [], wrong: [] })
    newestTick = Math.max(newestTick, ...ticks)
  }
  await history.stop()
  expect(said).toEqual([])
  return newestTick
}
