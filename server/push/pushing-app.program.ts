// For a test: an app that measures itself and sends what it has, and ends as it is told.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { start } from '../start'
import { processPush } from './process-push'

const server = createServer((request, response) => {
  if (request.url === '/throw') setTimeout(() => fail(), 1)
  if (request.url === '/flush') {
    void processPush()
      .push?.flush()
      .then(() => response.end())
    return
  }
  response.end()
}).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.env.PORT = String(port)
  start()
  console.log(`listening on ${port}`)
})

// What Next does: it waits for all connections, and then exits.
process.once('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})

function fail(): never {
  throw new Error('an exception that nobody catches')
}
