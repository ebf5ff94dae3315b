// The HTTP servers of this process that are Hearth's own: what is asked there is none of the app's requests.
import type { Server } from 'node:http'
import { perProcess } from './per-process'

export const ownServers = (): WeakSet<Server> => perProcess('own-servers', () => new WeakSet())
