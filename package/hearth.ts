// The handler for an app's own port.
import { createAppDoor } from '@/server/web/process-door'
import { createHandler } from './handler'

export type HearthOptions = {
  /** The path below which everything lies, such as `/hearth`: empty for the root. */
  base?: string
  /**
   * Whether a request may look, as the app's own session knows. Asked where HEARTH_TOKEN was not brought; without both, in
   * production, nobody may.
   */
  authorize?: (request: Request) => boolean | Promise<boolean>
}

export type Hearth = { fetch(request: Request): Promise<Response> }

export function makeHearth({ base, authorize }: HearthOptions & { base: string }): Hearth {
  return { fetch: createHandler(createAppDoor(authorize), base) }
}
