// A folder of boards: read once, again when a file has changed, and never trusted.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBoardFiles, MOST_BOARD_BYTES, MOST_BOARD_FILES } from './board-files'

let folder = ''
let nowMs = 0
const put = (name: string, content: unknown, seconds = 1) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  writeFileSync(join(folder, name), text)
  utimesSync(join(folder, name), seconds, seconds)
}
const files = () => createBoardFiles(folder, () => nowMs)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boards-'))
  nowMs = 10_000
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('each JSON file is a board, by its name, with its title and its tags', () => {
  put('b.json', { title: 'B', tags: ['x', 7], panels: [] })
  put('a.json', '\uFEFF{ "panels": [] }')
  put('.hidden.json', {})
  put('note.txt', 'no board')
  const boards = files()
  expect(boards.list()).toEqual({
    folder,
    error: undefined,
    files: [
      { name: 'a.json', title: 'a', tags: [], changedMs: 1000 },
      { name: 'b.json', title: 'B', tags: ['x'], changedMs: 1000 },
    ],
  })
  expect(boards.read('a.json')).toEqual({ changedMs: 1000, json: '{"panels":[]}' })
})

test.each([
  ['half a file', '{"title": ', /^expected JSON: /],
  ['a list', '[1]', /an object, got \[1\]$/],
  ['a text', '"board"', /an object, got "board"$/],
  ['nothing', '', /^expected JSON: /],
  ['too much', `"${'x'.repeat(MOST_BOARD_BYTES)}"`, /^expected at most 2097152 bytes, got 2097154$/],
])('%s is named with what was expected and what came', (_, text, error) => {
  put('a.json', text)
  const boards = files()
  expect(boards.list().files).toMatchObject([{ name: 'a.json', error: expect.stringMatching(error) }])
  expect(boards.read('a.json')).toBeUndefined()
})

test('what has changed is read again, at most once a second, and what is gone is no board any more', () => {
  put('a.json', { title: 'Before' })
  const boards = files()
  expect(boards.list().files[0]?.title).toBe('Before')
  put('a.json', { title: 'After' }, 2)
  expect(boards.list().files[0]?.title).toBe('Before')
  nowMs += 1_000
  expect(boards.list().files[0]?.title).toBe('After')
  rmSync(join(folder, 'a.json'))
  nowMs += 1_000
  expect(boards.list().files).toEqual([])
  expect(boards.read('a.json')).toBeUndefined()
})

test('a clock that is set back delays nothing', () => {
  const boards = files()
  boards.list()
  put('a.json', {})
  nowMs = 0
  expect(boards.list().files).toHaveLength(1)
})

test('a name is no path', () => {
  put('a.json', {})
  expect(files().read('../a.json')).toBeUndefined()
  expect(files().read('__proto__')).toBeUndefined()
})

test('a folder that is not there says so, and is read when it comes', () => {
  rmSync(folder, { recursive: true })
  const boards = files()
  expect(boards.list()).toMatchObject({
    files: [],
    error: expect.stringMatching(/^The folder can't be read: .*ENOENT/),
  })
})

test('files beyond the bound are counted', () => {
  for (let i = 0; i < MOST_BOARD_FILES + 2; i++) put(`${i}.json`, {})
  const { files: found, error } = files().list()
  expect(found).toHaveLength(MOST_BOARD_FILES)
  expect(error).toBe(`2 more files: at most ${MOST_BOARD_FILES} are read.`)
})
