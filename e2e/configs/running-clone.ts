// A clone's server, from its start to its end.
import { join } from 'node:path'
import { freePort } from '../free-port'
import type { Program } from '../program'
import { startProgram } from '../program'
import { untilAnswered } from '../until-answered'
import type { Clone } from './clone'

export type RunningClone = Program & {
  url: string
  /** The address of the port of its own. */
  own: string
}

type Options = {
  /** Asked until it is answered: once, as the server counts. */
  firstPath: string
  env?: NodeJS.Dict<string>
  /** What Node is run by. */
  by?: readonly string[]
}

/** With the demo routes, and a history on disk beside the clone unless `env` says otherwise. */
export async function startClone(clone: Clone, { firstPath, env, by = [] }: Options): Promise<RunningClone> {
  const [port, ownPort] = [await freePort(), await freePort()]
  const variables = {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: `${port}`,
    HOSTNAME: '127.0.0.1',
    HEARTH_PORT: `${ownPort}`,
    DEMO_ROUTES: '1',
    DATA_DIR: join(clone.around, 'data'),
    FLUSH_INTERVAL: '1s',
    ...env,
  }
  const [program = process.execPath, ...args] = [...by, process.execPath, ...clone.start]
  const server = startProgram(program, args, variables, clone.folder)
  const url = `http://127.0.0.1:${port}`
  await untilAnswered(server, url + firstPath)
  return { ...server, url, own: `http://127.0.0.1:${ownPort}` }
}

/** What its history says of itself. */
export async function historyOf(own: string): Promise<{ state: string; file: string; problem?: { message: string } }> {
  const response = await fetch(`${own}/api/trpc/metrics.status`)
  const { result } = (await response.json()) as { result: { data: { history: never } } }
  return result.data.history
}
