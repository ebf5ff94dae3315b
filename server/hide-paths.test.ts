import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { hidePaths } from './hide-paths'

const cwd = process.cwd()

function thrownBy(work: () => unknown): Error {
  try {
    work()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected an Error, got none')
}

test.each<[string, Error, string]>([
  [
    "a file's folders, where the system could not open it",
    thrownBy(() => readFileSync('/srv/none/secret.json')),
    "ENOENT: no such file or directory, open 'secret.json'",
  ],
  [
    'both of two files',
    thrownBy(() => renameSync('/srv/none/a.txt', '/srv/none/b.txt')),
    "ENOENT: no such file or directory, rename 'a.txt' -> 'b.txt'",
  ],
  ["the app's folder", new Error(`Cannot find module '${join(cwd, 'lib/x.js')}'`), "Cannot find module 'lib/x.js'"],
  ["the app's folder alone", new Error(`not in ${cwd}`), 'not in .'],
  [
    'the folder of a package, wherever it is installed',
    new Error("Cannot find module '/srv/mono/node_modules/libsql/index.js'"),
    "Cannot find module 'node_modules/libsql/index.js'",
  ],
  ['nothing of a path of HTTP', new Error('GET /users/7 was refused'), 'GET /users/7 was refused'],
])('a message is told without %s', (_, error, shown) => {
  expect(hidePaths(error.message, error)).toBe(shown)
})

test('a message is told as it is where the app lies at the root', () => {
  vi.spyOn(process, 'cwd').mockReturnValue('/')
  expect(hidePaths('GET /users/7 was refused')).toBe('GET /users/7 was refused')
})
