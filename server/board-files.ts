// The boards of a folder: each `*.json` in it is one, in Grafana's model. They are read when somebody asks and again when they have
// changed; what they mean is the dashboard's business (app/dashboard/_grafana).
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { env } from './env'
import { logError } from './log'
import { perProcess } from './per-process'

export const MOST_BOARD_FILES = 200
export const MOST_BOARD_BYTES = 2 * 1024 ** 2
/** Of all files together, which are held in memory. */
const MOST_BYTES = 32 * 1024 ** 2
/** The folder is looked at so often at most. */
const LOOK_EVERY_MS = 1_000
const LONGEST_TITLE = 300
const MOST_TAGS = 10

export type BoardFile = {
  /** With its `.json`. */
  name: string
  /** The board's own, or the file's name. */
  title: string
  tags: string[]
  changedMs: number
  /** Why it is no board: what was expected, and what came. */
  error?: string | undefined
}

export type BoardFolder = {
  /** As it is configured. */
  folder: string
  files: BoardFile[]
  /** Why the folder can't be read, or which of its files are left out. */
  error?: string | undefined
}

export type BoardFiles = {
  list(): BoardFolder
  /** The file's JSON, without needless spaces; undefined where there is no such board. */
  read(name: string): { changedMs: number; json: string } | undefined
}

type Held = BoardFile & { mark: string; json: string | undefined }

export function createBoardFiles(folder: string, nowMs: () => number = Date.now): BoardFiles {
  let held = new Map<string, Held>()
  let error: string | undefined
  let lookedMs = Number.NEGATIVE_INFINITY

  function look(): void {
    const sinceMs = nowMs() - lookedMs
    if (sinceMs >= 0 && sinceMs < LOOK_EVERY_MS) return
    lookedMs = nowMs()
    try {
      const names = readdirSync(folder)
        .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
        .sort()
      const left = names.length - MOST_BOARD_FILES
      error = left > 0 ? `${left} more files: at most ${MOST_BOARD_FILES} are read.` : undefined
      let bytes = 0
      const next = new Map<string, Held>()
      for (const name of names.slice(0, MOST_BOARD_FILES)) {
        const file = refresh(join(folder, name), name, held.get(name), MOST_BYTES - bytes)
        bytes += file.json?.length ?? 0
        next.set(name, file)
      }
      held = next
    } catch (failure) {
      held = new Map()
      error = `The folder can't be read: ${failure instanceof Error ? failure.message : String(failure)}`
    }
  }

  return {
    list() {
      look()
      const files = [...held.values()].map(({ json: _, mark: __, ...file }) => file)
      return { folder, files, error }
    },
    read(name) {
      look()
      const file = held.get(name)
      return file?.json === undefined ? undefined : { changedMs: file.changedMs, json: file.json }
    },
  }
}

/** The same while the file has not changed. */
function refresh(path: string, name: string, before: Held | undefined, roomBytes: number): Held {
  const file = { name, title: name.replace(/\.json$/, ''), tags: [], changedMs: 0, json: undefined }
  try {
    const { ino, mtimeMs, size } = statSync(path)
    const mark = `${ino} ${mtimeMs} ${size}`
    if (before?.mark === mark) return before
    const found = { ...file, mark, changedMs: Math.round(mtimeMs) }
    const most = Math.min(MOST_BOARD_BYTES, roomBytes)
    if (size > most) return { ...found, error: `expected at most ${most} bytes, got ${size}` }
    return { ...found, ...readBoardText(readFileSync(path, 'utf8'), found.title) }
  } catch (failure) {
    return { ...file, mark: '', error: failure instanceof Error ? failure.message : String(failure) }
  }
}

function readBoardText(text: string, name: string): Pick<Held, 'title' | 'tags' | 'json' | 'error'> {
  const nothing = { title: name, tags: [], json: undefined }
  let model: unknown
  try {
    // Some editors begin a file with a byte order mark.
    model = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (failure) {
    return { ...nothing, error: `expected JSON: ${failure instanceof Error ? failure.message : String(failure)}` }
  }
  if (typeof model !== 'object' || model === null || Array.isArray(model)) {
    return {
      ...nothing,
      error: `expected a dashboard in Grafana's model, an object, got ${JSON.stringify(model).slice(0, 60)}`,
    }
  }
  const inner: unknown = Reflect.get(model, 'dashboard')
  const board = typeof inner === 'object' && inner !== null ? inner : model
  const [title, tags]: unknown[] = [Reflect.get(board, 'title'), Reflect.get(board, 'tags')]
  return {
    title: typeof title === 'string' && title.trim() !== '' ? title.slice(0, LONGEST_TITLE) : name,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string').slice(0, MOST_TAGS) : [],
    json: JSON.stringify(model),
  }
}

/** Of the folder that BOARDS names; undefined without one. At the first call what is wrong with its files is said. */
export function processBoardFiles(): BoardFiles | undefined {
  return perProcess('board-files', () => {
    const { boards } = env()
    if (boards === undefined) return { files: undefined }
    const files = createBoardFiles(boards)
    const { error, files: all } = files.list()
    if (error !== undefined) logError(`boards: ${boards}: ${error}`)
    for (const file of all) if (file.error !== undefined) logError(`boards: ${file.name}: ${file.error}.`)
    return { files }
  }).files
}
