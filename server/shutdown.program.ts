// For a test: a server that listens for the end of its process in the way that it is told, or leaves that to us.
import { createServer } from 'node:http'
import { shutdownSignal } from './shutdown'

const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1', () => console.log('listening'))
const close = () => {
  server.close()
  setTimeout(() => process.exit(7), 50)
}
if (process.env.LISTENS === 'once') process.once('SIGTERM', close)
if (process.env.LISTENS === 'always') process.on('SIGTERM', close)
shutdownSignal()
if (process.env.LISTENS === 'later') process.once('SIGTERM', close)
process.once('exit', () => console.log('exit'))
