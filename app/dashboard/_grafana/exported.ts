// Our boards as `npm run export-boards` writes them into deploy/grafana/, by the names of the files.
import { errorsBoard } from '../_boards/errors'
import { overview } from '../_boards/overview'
import { OWN_ROUTES } from '../_boards/own-traffic'
import type { GrafanaModel } from './to-grafana'
import { toGrafana, toOwnSections } from './to-grafana'

export const EXPORTED = [overview, errorsBoard]

export function exportedBoards(): Record<string, GrafanaModel> {
  const models = EXPORTED.map((board) => {
    const sections = toOwnSections(board)
    const model = toGrafana({
      uid: `hearth-${board.id}`,
      title: `Hearth: ${board.title}`,
      sections,
      ownRoutes: OWN_ROUTES,
    })
    return [`${board.id}.json`, model] as const
  })
  return Object.fromEntries(models)
}

/** As the file has it. */
export const toFileText = (model: GrafanaModel): string => `${JSON.stringify(model, undefined, 2)}\n`
