// How much the heap may hold, for the bounds that are a share of it.
import { getHeapStatistics } from 'node:v8'

/** Of a V8 before 13, whose young generation is three semi-spaces of 16 MB, and of one from then on: three of 64 MB. */
const YOUNG_MB = { before: 48, since: 192 }
const FIRST_WITH_LARGE = 13
const MB = 1024 ** 2

/**
 * Bytes: the limit of the old generation, and 48 MB of the young one. `heap_size_limit` counts all of the young generation,
 * which nothing that is kept can use, and which is 192 MB in Node 24: with `--max-old-space-size=96` it tells 288 MB there,
 * and 144 MB in Node 20. `--max-semi-space-size` is heeded where it is among the options.
 */
export function heapLimitBytes({
  limitBytes = getHeapStatistics().heap_size_limit,
  v8Version = process.versions.v8,
  options = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' '),
} = {}): number {
  const said = Number(/--max[-_]semi[-_]space[-_]size[= ](\d+)/.exec(options)?.[1] ?? 0)
  const usual = Number.parseInt(v8Version, 10) < FIRST_WITH_LARGE ? YOUNG_MB.before : YOUNG_MB.since
  const youngBytes = (said > 0 ? said * 3 : usual) * MB
  return limitBytes - Math.min(Math.max(0, youngBytes - YOUNG_MB.before * MB), limitBytes / 2)
}
