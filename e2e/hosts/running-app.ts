// A host's server, from its start to its end.
import { freePort } from '../free-port'
import type { Program } from '../program'
import { startProgram } from '../program'
import { untilAnswered } from '../until-answered'
import type { App } from './app'
import type { Command, Host } from './host'

export type RunningApp = Program & {
  url: string
  /** The address of Hearth's own port. */
  hearth: string
  /** From its start to the answer of its first page. */
  startSeconds: number
}

/** Starts it, and asks for its first page until that is answered: once, as the server counts. */
export async function startApp(
  host: Host,
  app: App,
  command: Command,
  env: Record<string, string> = {},
): Promise<RunningApp> {
  const [port, ownPort] = [await freePort(), await freePort()]
  const startMs = performance.now()
  const [program, ...args] = command
  const variables = {
    ...app.env,
    NODE_ENV: 'production',
    PORT: `${port}`,
    HOSTNAME: '127.0.0.1',
    HEARTH_PORT: `${ownPort}`,
    ...host.env,
    ...env,
  }
  const server = startProgram(program, args, variables, app.place())
  const url = `http://127.0.0.1:${port}`
  await untilAnswered(server, url + host.requests[0].path)
  const startSeconds = (performance.now() - startMs) / 1000
  return { ...server, url, hearth: `http://127.0.0.1:${ownPort}`, startSeconds }
}
