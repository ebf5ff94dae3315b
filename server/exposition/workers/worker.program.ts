// A worker that counts the requests to it and shows what all have counted, for tests: worker.program.mjs FOLDER PORT [WORKERS].
// With a number of workers they are those of a cluster, which begins a new one for each that has ended.
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { declareCounter, declareGauge, declareHistogram } from '../../instrument/declare'
import { createRegistry } from '../../instrument/registry'
import { collect } from '../collect'
import { collectNow } from '../collect-now'
import { render } from '../render'
import { createWorkers } from './workers'

const [directory = '', port = '0', workers] = process.argv.slice(2)

if (workers !== undefined && cluster.isPrimary) {
  for (let i = 0; i < Number(workers); i++) cluster.fork()
  let isEnding = false
  cluster.on('exit', () => isEnding || cluster.fork())
  process.once('SIGTERM', () => {
    isEnding = true
    cluster.disconnect(() => process.exit())
    for (const worker of Object.values(cluster.workers ?? {})) worker?.kill()
  })
} else serve()

function serve(): void {
  const registry = createRegistry()
  const hits = declareCounter(registry, { name: 'hits_total', help: 'Hits.', labels: ['route'] })
  const seconds = declareHistogram(registry, {
    name: 'hit_seconds',
    help: 'Seconds.',
    labels: ['route'],
    buckets: [0.1, 0.3, 1],
  })
  declareGauge(registry, { name: 'worker_pid', help: 'The process.' }).set(process.pid)
  const shared = createWorkers({
    directory,
    job: 'test',
    instance: 'test',
    startedAtMs: Math.floor(performance.timeOrigin),
    collectOwn: () => collect(registry),
    mayFold: (isFirst) => isFirst,
    log: (message) => console.error(message),
  })
  shared.start()
  process.once('exit', () => shared.end(collectNow(registry)))

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://worker')
    try {
      if (pathname === '/metrics') {
        const snapshot = await shared.collect({ signal: new AbortController().signal, withCreated: true })
        response.end(render(snapshot, 'openmetrics'))
        return
      }
      hits.inc({ route: pathname })
      seconds.observe({ route: pathname }, Number(pathname.length) / 7)
      response.end(`${process.pid}`)
    } catch (error) {
      response.statusCode = 500
      response.end(String(error))
    }
  })
  server.listen(Number(port), '127.0.0.1', () => console.log(`listening ${process.pid}`))
  process.once('SIGTERM', () => {
    server.close(() => process.exit())
    server.closeIdleConnections()
    setTimeout(() => process.exit(), 2_000).unref()
  })
}
