// The boards of the folder that BOARDS names, for the browser, which draws them.
import { TRPCError } from '@trpc/server'
import type { BoardFile, BoardFolder } from '../board-files'
import { processBoardFiles } from '../board-files'
import { variableName } from '../variable-name'
import { procedure, router } from './init'
import { boardInput } from './inputs'

export const boardsRouter = router({
  /** Which there are, those that can't be read with their reason; `variable` names the folder, undefined where none is configured. */
  list: procedure.query((): Partial<BoardFolder> & { variable: string; files: BoardFile[] } => {
    return { variable: variableName('BOARDS'), files: [], ...processBoardFiles()?.list() }
  }),

  /** One of them, as JSON in Grafana's model. */
  file: procedure.input(boardInput).query(({ input: { name } }) => {
    const found = processBoardFiles()?.read(name)
    if (found !== undefined) return found
    throw new TRPCError({ code: 'NOT_FOUND', message: `There is no board ${JSON.stringify(name)} that can be read.` })
  }),
})
