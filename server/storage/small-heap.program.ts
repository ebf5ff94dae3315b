// A program that measures and remembers as an app does, and serves `/`, for the test that gives it a small heap:
// small-heap.program.mjs MEGABYTES. What Next would take of the heap, it takes itself. It says its port on its output,
// and answers `/status` with what is held, refused and said of the targets.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { processScrape } from '../scrape/process-scrape'
import { atOnce } from '../slices'
import { start } from '../start'
import { processHistory } from './disk/process-history'
import { processStorage } from './process-storage'

/** What one of these objects takes. */
const BALLAST_BYTES = 64

const ballast = Array.from({ length: (Number(process.argv[2]) * 2 ** 20) / BALLAST_BYTES }, (_, i) => ({
  i,
  text: `${i}`,
}))

const server = createServer((request, response) => {
  if (request.url !== '/status') {
    response.end(`${ballast.length}`)
    return
  }
  const { heapUsed } = process.memoryUsage()
  const targets = processScrape()?.targets() ?? []
  const own = [{ name: 'job', op: '=' as const, value: 'hearth' }]
  const ownNames = atOnce(processStorage().labelValues('__name__', own, 0, Number.MAX_SAFE_INTEGER))
  response.end(
    JSON.stringify({ ...processStorage().status(), targets, ownNames, heapUsed, history: processHistory()?.status() }),
  )
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${port}`
  start()
  process.stdout.write(`port ${port}\n`)
})
process.once('SIGTERM', () => process.exit())
