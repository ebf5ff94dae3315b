// The HTTP servers of this process that are Hearth's own: their requests are not counted as the app's.
import type { Server } from 'node:http'
import { perProcess } from './per-process'

export const ownServers = (): WeakSet<Server> => perProcess('own-servers', () => new WeakSet())
