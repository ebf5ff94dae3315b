// A program that does nothing but scrape and flush, for the test that kills it: writer.program.mjs FOLDER SERIES TICK.
// It appends to that many series from that tick on, and says on its output which tick was the last that is on the disk.
import { writeSync } from 'node:fs'
import { beginHistory } from './begin-history'
import { inventedLabels, inventedValue, TICK_MS } from './invented-samples'

const TICKS_PER_FLUSH = 3

const [directory = '', seriesCount, firstTick] = process.argv.slice(2)
const { memory, history } = beginHistory({
  directory,
  startedAtMs: Number(firstTick) * TICK_MS,
  log: console.error,
})
const labels = Array.from({ length: Number(seriesCount) }, (_, series) => inventedLabels(series))

await history.flush()
for (let tick = Number(firstTick); ; tick++) {
  for (const [series, its] of labels.entries()) memory.append(its, tick * TICK_MS, inventedValue(series, tick))
  if (tick % TICKS_PER_FLUSH === 0 && (await history.flush())) writeSync(1, `${tick}\n`)
}
