// Whether anything grows while a full history is kept in memory and on disk: an hour of 10,000 series at first, then half
// an hour at the clock's own pace, a scrape every second and a flush every five.
// Aims: no growth of the heap and of the buffers beside it, nor of the file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createHistory } from '../server/storage/disk/history'
import { createStorage } from '../server/storage/storage'
import { createApp } from './app-series'
import { readOptions } from './options'
import type { Aim } from './report'
import { report } from './report'
import type { Point } from './slope'
import { slopeOf } from './slope'

const options = readOptions('history.soak.ts')
const minutes = options.minutes
const retentionSeconds = options['retention-minutes'] * 60
const REQUESTS_PER_SECOND = 200
const SECONDS_PER_FLUSH = 5
/** Labels come and go with rounds of flushes, and pieces of memory are used again: less than this is no growth. */
const GROWTH_AIM: Aim = { bound: 'at most', limit: 3, of: 'figure' }

const app = createApp(options.series, REQUESTS_PER_SECOND)
const directory = mkdtempSync(join(tmpdir(), 'history-soak-'))
const storage = createStorage({ retentionMs: retentionSeconds * 1000, seriesLimit: 1_000_000 })
// The samples are of the past at first, and it is the present when that is over.
const startedAtMs = Date.now() - retentionSeconds * 1000
const history = createHistory({
  directory,
  memory: storage,
  flushIntervalMs: SECONDS_PER_FLUSH * 1000,
  limitBytes: 2 ** 32,
  endsAfterMs: 1000,
  startedAtMs,
})

let second = 0
async function scrape(): Promise<void> {
  app.advance()
  for (const [i, { labels }] of app.series.entries()) {
    storage.append(labels, startedAtMs + second * 1000, app.values[i] ?? 0)
  }
  second++
  if (second % SECONDS_PER_FLUSH === 0) await history.flush()
}

console.log(`Filling the history of ${app.series.length} series, then watching it for ${minutes} minutes ...`)
// The file is full when the first blocks have been deleted: a round of flushes after the retention.
while (second < retentionSeconds + 240) await scrape()

const heap: Point[] = []
const file: Point[] = []
const beginMs = Date.now()
for (let minute = 0; minute <= minutes; minute++) {
  heap.push({ x: minute, y: heldMegabytes() })
  file.push({ x: minute, y: history.status().bytes / 1e6 })
  for (let tick = 1; tick <= 60 && minute < minutes; tick++) {
    await scrape()
    await sleep(Math.max(0, beginMs + (minute * 60 + tick) * 1000 - Date.now()))
  }
}
await history.stop()
rmSync(directory, { recursive: true, force: true })

report(`A full history of ${app.series.length} series, ${minutes} minutes`, [
  { name: 'heap and buffers', unit: 'MB', figures: heap.map(({ y }) => y) },
  { name: `their growth in ${minutes} minutes`, unit: 'MB', figures: [slopeOf(heap) * minutes], aim: GROWTH_AIM },
  { name: 'file', unit: 'MB', figures: file.map(({ y }) => y) },
  { name: `its growth in ${minutes} minutes`, unit: 'MB', figures: [slopeOf(file) * minutes], aim: GROWTH_AIM },
])

/** What is in use after a full garbage collection. */
function heldMegabytes(): number {
  gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
