import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BENCHES } from './benches.mjs'
import { chosenWords, helpOf, readCommandLine } from './command-line.mjs'
import { DEV_OPTIONS, START_OPTIONS } from './serve.mjs'

const commandLine = {
  command: 'npm run cook',
  about: 'Cooks.',
  options: {
    port: { short: 'p', value: '<port>', pattern: /^\d+$/, help: 'Where.' },
    inspect: { value: '[port]', help: 'Look inside.' },
    fast: { help: 'Hurry.' },
  },
  words: { name: 'dish', choices: { 'soup.hot': 'hot soup', 'soup.cold': 'cold soup', bread: 'bread' }, isLoose: true },
  examples: { 'npm run cook -- soup': 'all soups' },
}
const withoutWords = { ...commandLine, words: undefined }

test.each([
  ['nothing', [], { options: {}, words: [] }],
  ['a value after a space', ['--port', '80'], { options: { port: '80' }, words: [] }],
  ['a value after =', ['--port=80'], { options: { port: '80' }, words: [] }],
  ['a short option', ['-p', '80'], { options: { port: '80' }, words: [] }],
  ['a short option with its value', ['-p80'], { options: { port: '80' }, words: [] }],
  ['a switch and a word after it', ['--fast', 'bread'], { options: { fast: true }, words: ['bread'] }],
  ['an optional value', ['--inspect', '9'], { options: { inspect: '9' }, words: [] }],
  ['an option that stands alone', ['--inspect', '--fast'], { options: { inspect: true, fast: true }, words: [] }],
  ['one at the end', ['--fast', '--inspect'], { options: { inspect: true, fast: true }, words: [] }],
  ['a part of a word', ['soup'], { options: {}, words: ['soup'] }],
  ['--help', ['soup', '--help'], undefined],
  ['-h', ['-h'], undefined],
])('understands %s', (_form, args, expected) => {
  expect(readCommandLine(commandLine, args)).toEqual(expected)
})

test.each([
  [
    'an unknown option',
    ['--prot', '80'],
    'has no option --prot. Expected --port <port>, --inspect [port], --fast, --help',
  ],
  ['an unknown short option', ['-x'], 'has no option -x. Expected --port'],
  ['a missing value', ['--port'], 'Expected a value after --port: --port <port>.'],
  ['a missing value before an option', ['-p', '--fast'], 'Expected a value after --port: --port <port>.'],
  ['a value of another kind', ['--port', 'x'], 'Expected --port <port>, got "x".'],
  ['a negative number', ['--port', '-1'], 'Expected --port <port>, got "-1".'],
  ['a switch with a value', ['--fast=yes'], 'Expected --fast without a value, got "yes".'],
  ['an unknown word', ['stew'], 'There is no dish "stew". Expected one of soup.hot, soup.cold, bread.'],
])('refuses %s and names what was expected', (_form, args, message) => {
  expect(() => readCommandLine(commandLine, args)).toThrow(message)
})

test('a word where none is expected is most likely a forgotten "--"', () => {
  expect(() => readCommandLine(withoutWords, ['4000'])).toThrow('takes options only, after "--", and got "4000"')
})

test('a part of a name chooses all that contain it, in their order', () => {
  expect(chosenWords(commandLine, ['bread', 'soup'])).toEqual(['soup.hot', 'soup.cold', 'bread'])
})

test('the help has everything, in lines of at most 100 characters', () => {
  const help = helpOf({ ...commandLine, about: 'word '.repeat(50).trim(), variables: { HEAT: 'how hot' } })
  for (const part of ['Usage: npm run cook -- [options] [dish ...]', '-p, --port <port>', 'cold soup', 'HEAT  how hot'])
    expect(help).toContain(part)
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
})

const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' })

test.each([
  ['start', 'npm start'],
  ['dev', 'npm run dev'],
  ['demo', 'npm run demo'],
  ['test', 'npm test'],
  ['test-hosts', 'npm run test:hosts'],
  ['bench', 'npm run bench'],
  ['package', 'npm run package'],
])('scripts/%s.mjs answers --help, and refuses an unknown option before it does anything', (script, command) => {
  const help = run(`scripts/${script}.mjs`, '--help')
  expect(help).toMatchObject({ status: 0, stderr: '' })
  expect(help.stdout).toContain(`Usage: ${command} -- [options]`)
  const refused = run(`scripts/${script}.mjs`, '--nonsense')
  expect(refused).toMatchObject({ status: 1, stdout: '' })
  expect(refused.stderr).toContain(`${command} has no option --nonsense. Expected --`)
})

test.each([
  ['start', START_OPTIONS],
  ['dev', DEV_OPTIONS],
])('the options of next %s are those of Next', (mode, options) => {
  const { stdout } = run('node_modules/next/dist/bin/next', mode, '--help')
  const names = [...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, name]) => name)
  expect([...Object.keys(options), 'help'].sort()).toEqual(names.sort())
})

test('every benchmark is in the help', () => {
  const files = readdirSync('bench').filter((name) => /\.(bench|soak)\.ts$/.test(name))
  expect(Object.keys(BENCHES).sort()).toEqual(files.sort())
})
