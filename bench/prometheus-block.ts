// The same samples as a block of Prometheus, written by its promtool: how many bytes its chunks and its index take.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPromtool, PROMETHEUS_ADVICE } from '../scripts/find-prometheus.mjs'
import type { Labels } from '../server/exposition/snapshot'

export type BlockSize = { samples: number; chunkBytes: number; indexBytes: number }

export type WrittenSeries = { labels: Labels; timestampsMs: Float64Array; values: Float64Array }

/** Undefined, with a reason on the console, where there is no promtool. */
export function sizeOfBlock(series: readonly WrittenSeries[]): BlockSize | undefined {
  const promtool = findPromtool()
  if (promtool === undefined) {
    console.log(`Without a block of Prometheus to compare with. ${PROMETHEUS_ADVICE}`)
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'storage-bench-'))
  try {
    const text = join(folder, 'samples.om')
    writeText(text, series)
    const blocks = join(folder, 'blocks')
    // One block for all, so that the index is there once.
    const args = ['tsdb', 'create-blocks-from', '--max-block-duration=24h', '--quiet', 'openmetrics', text, blocks]
    const { status, stderr } = spawnSync(promtool, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`promtool failed: ${stderr}`)
    return sizeOf(blocks, series)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sizeOf(blocks: string, series: readonly WrittenSeries[]): BlockSize {
  const size: BlockSize = { samples: 0, chunkBytes: 0, indexBytes: 0 }
  for (const { values } of series) size.samples += values.length
  for (const block of readdirSync(blocks)) {
    const folder = join(blocks, block)
    for (const file of readdirSync(join(folder, 'chunks')))
      size.chunkBytes += statSync(join(folder, 'chunks', file)).size
    size.indexBytes += statSync(join(folder, 'index')).size
  }
  return size
}

/** OpenMetrics without metadata: a name may then come again, which spares the sorting by families. */
function writeText(path: string, series: readonly WrittenSeries[]): void {
  const file = openSync(path, 'w')
  for (const { labels, timestampsMs, values } of series) {
    const { __name__, ...others } = labels
    const pairs = Object.entries(others).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    const key = `${__name__}{${pairs.join(',')}}`
    const lines = Array.from(values, (value, i) => `${key} ${value} ${(timestampsMs[i] ?? 0) / 1000}\n`)
    writeSync(file, lines.join(''))
  }
  writeSync(file, '# EOF\n')
  closeSync(file)
}
