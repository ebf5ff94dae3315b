// The command line of a command: its help, its options, and a refusal of everything else before any work begins.
import { parseArgs } from 'node:util'
import { Problem, runCommand } from './problem.mjs'

/**
 * @typedef {object} Option
 * @property {string} help
 * @property {string} [short] one letter
 * @property {string} [value] what it takes: `<ms>`, or `[port]` where the option may stand alone; absent for a switch
 * @property {RegExp} [pattern] what the value has to match
 */

/**
 * @typedef {object} CommandLine
 * @property {string} command as it is typed: `npm start`
 * @property {string} about what it does, in sentences
 * @property {Readonly<Record<string, Option>>} [options] by name, without dashes
 * @property {{ name: string, choices: Readonly<Record<string, string>>, isLoose?: boolean }} [words] what may be named, with what each
 *   is; with `isLoose` a part of a name stands for all names that contain it
 * @property {Readonly<Record<string, string>>} [variables] environment variables
 * @property {Readonly<Record<string, string>>} examples command lines, with what each does
 */

/**
 * @typedef {object} Given
 * @property {Readonly<Record<string, string | true>>} options
 * @property {readonly string[]} words
 */

const WIDTH = 100
const HELP = { help: 'Show this text.', short: 'h' }

/**
 * Runs a command, or prints its help where that is asked for.
 * @param {CommandLine} commandLine
 * @param {(given: Given) => Promise<number>} act resolves to the exit code
 * @returns {Promise<void>}
 */
export function runCommandLine(commandLine, act) {
  return runCommand(async () => {
    const given = readCommandLine(commandLine, process.argv.slice(2))
    if (given !== undefined) return act(given)
    console.log(helpOf(commandLine))
    return 0
  })
}

/**
 * Throws a Problem that names what was expected.
 * @param {CommandLine} commandLine
 * @param {readonly string[]} args those after the command
 * @returns {Given | undefined} undefined where help is asked for
 */
export function readCommandLine(commandLine, args) {
  const { command } = commandLine
  const known = optionsOf(commandLine)
  /** @param {string} name */
  const spelled = (name) => `--${name}${known[name]?.value === undefined ? '' : ` ${known[name].value}`}`
  const { tokens } = parseArgs({
    args: args.map((arg, i) => {
      const name = isValue(args[i + 1]) ? undefined : takingValue(known, arg)
      return name === undefined ? arg : `--${name}=`
    }),
    options: Object.fromEntries(
      Object.entries(known).map(([name, { value, short }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
      ]),
    ),
    strict: false,
    tokens: true,
  })
  /** @type {Record<string, string | true>} */
  const options = {}
  /** @type {string[]} */
  const words = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const option = known[token.name]
    if (option === undefined) {
      const expected = Object.keys(known).map(spelled).join(', ')
      throw new Problem(`${command} has no option ${token.rawName}. Expected ${expected}.\nHelp: ${command} -- --help`)
    }
    const value = token.value === '' ? undefined : token.value
    if (option.value === undefined && value !== undefined)
      throw new Problem(`Expected ${spelled(token.name)} without a value, got "${value}".`)
    if (option.value?.startsWith('<') && value === undefined)
      throw new Problem(`Expected a value after ${token.rawName}: ${spelled(token.name)}.`)
    if (value !== undefined && option.pattern?.test(value) === false)
      throw new Problem(`Expected ${spelled(token.name)}, got "${value}".`)
    options[token.name] = value ?? true
  }
  if (options.help) return undefined
  requireKnown(commandLine, words)
  return { options, words }
}

/**
 * @param {CommandLine} commandLine
 * @param {readonly string[]} given
 */
function requireKnown({ command, words, examples }, given) {
  const [example] = Object.keys(examples)
  if (words === undefined && given.length > 0)
    throw new Problem(`${command} takes options only, after "--", and got "${given.join(' ')}". Example: ${example}`)
  const choices = Object.keys(words?.choices ?? {})
  const unknown = given.find((word) => !choices.some((choice) => isChoice(words, word, choice)))
  if (unknown !== undefined)
    throw new Problem(`There is no ${words?.name} "${unknown}". Expected one of ${choices.join(', ')}.`)
}

/**
 * @param {CommandLine} commandLine
 * @param {readonly string[]} given
 * @returns {string[]} the names that are meant, in the order of the help
 */
export function chosenWords({ words }, given) {
  return Object.keys(words?.choices ?? {}).filter((choice) => given.some((word) => isChoice(words, word, choice)))
}

/**
 * @param {CommandLine['words']} words
 * @param {string} word
 * @param {string} choice
 */
const isChoice = (words, word, choice) => (words?.isLoose ? choice.includes(word) : choice === word)

/** @param {CommandLine} commandLine @returns {string} the help, without a newline at its end */
export function helpOf(commandLine) {
  const { command, about, words, variables, examples } = commandLine
  const options = Object.entries(optionsOf(commandLine)).map(([name, { short, value, help }]) => {
    const spelled = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
    return /** @type {[string, string]} */ ([spelled, help])
  })
  const parts = [
    `Usage: ${command} -- [options]${words === undefined ? '' : ` [${words.name} ...]`}`,
    wrapped(about, WIDTH).join('\n'),
    section('Options', options),
    words && section(`${words.name[0]?.toUpperCase()}${words.name.slice(1)}s`, Object.entries(words.choices)),
    variables && section('Environment variables', Object.entries(variables)),
    section('Examples', Object.entries(examples)),
  ]
  return parts.filter(Boolean).join('\n\n')
}

/** @param {CommandLine} commandLine @returns {Record<string, Option>} */
const optionsOf = ({ options }) => ({ ...options, help: HELP })

/**
 * @param {string} title
 * @param {readonly (readonly [string, string])[]} rows
 */
function section(title, rows) {
  const left = Math.max(...rows.map(([name]) => name.length)) + 2
  const lines = rows.map(([name, text]) => {
    const [first = '', ...others] = wrapped(text, WIDTH - left - 2)
    return [`  ${name.padEnd(left)}${first}`, ...others.map((line) => ' '.repeat(left + 2) + line)].join('\n')
  })
  return `${title}:\n${lines.join('\n')}`
}

/**
 * @param {string} text
 * @param {number} width
 * @returns {string[]} lines of at most that width, unless one word is longer
 */
function wrapped(text, width) {
  /** @type {string[]} */
  const lines = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/**
 * The name of the option that takes a value and that `arg` is. Where it stands without one, parseArgs would take the next
 * option for it.
 * @param {Record<string, Option>} known
 * @param {string} arg
 */
const takingValue = (known, arg) =>
  Object.keys(known).find(
    (name) => known[name]?.value !== undefined && (arg === `--${name}` || arg === `-${known[name].short}`),
  )

/** @param {string | undefined} arg */
const isValue = (arg) => arg !== undefined && !/^-(?!\d)/.test(arg)
