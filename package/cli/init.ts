// `npx hearth-metrics init`: finds the app, shows what would change, asks, writes, installs.
import { dirname } from 'node:path'
import type { Agent, Command } from 'package-manager-detector'
import { resolveCommand } from 'package-manager-detector/commands'
import { version } from '../../package.json'
import { applyChanges, filesThatStillUse, misplacedInstrumentation, readAppFiles } from './app-files'
import type { App } from './find-app'
import { findApp } from './find-app'
import type { Options } from './options'
import { HELP, parseOptions, specifierFor } from './options'
import type { AppFiles, Finding } from './plan'
import { check, planInit, planRemove } from './plan'
import { appLine, diffOf, findingsOf, tasksOf } from './print'
import { Problem } from './problem'
import { PACKAGE } from './wire-instrumentation'

const DASHBOARD = 'http://127.0.0.1:9464'
/** How many files are named that a person has to change. */
const FILES_NAMED = 20

/** What a command may do to the world beside the app's files. */
export type Terminal = {
  /** The current folder. */
  folder: string
  print: (text: string) => void
  printError: (text: string) => void
  /** undefined where nobody can be asked. */
  ask: ((question: string) => Promise<boolean>) | undefined
  isColoured: boolean
  /** Runs a program to its end, its output going to the terminal. Gives its exit status. */
  run: (program: string, args: string[], folder: string) => number
}

/**
 * @param args those after the command's name
 * @returns the exit status: 0 where all is done, or found, as asked for; else 1
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await act(parseOptions(args), terminal)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    terminal.printError(error.message)
    return 1
  }
}

async function act(options: Options, terminal: Terminal): Promise<number> {
  if (options.action === 'help') terminal.print(HELP.trimEnd())
  if (options.action === 'version') terminal.print(version)
  if (options.action === 'help' || options.action === 'version') return 0
  const app = await findApp(terminal.folder)
  const files = readAppFiles(app, terminal.folder)
  terminal.print(appLine(app))
  if (options.action === 'check') return tell(app, files, terminal)
  return change(app, files, options, terminal)
}

function tell(app: App, files: AppFiles, terminal: Terminal): number {
  const install = commandFor(app.agent, 'install')
  const findings: Finding[] = check(files)
  if (findings[0]?.isWired && !app.isInstalled(PACKAGE)) {
    findings.push({ isWired: false, sentence: `${PACKAGE} is not in node_modules: ${install.join(' ')}` })
  }
  const misplaced = misplacedInstrumentation(app, terminal.folder)
  if (misplaced) findings.push({ isWired: false, sentence: misplacedSentence(misplaced, files) })
  terminal.print(findingsOf(findings, terminal.isColoured))
  const isWired = findings.every((one) => one.isWired)
  terminal.print(
    isWired ? `\nEverything is in place. ${whereToLook(app)}` : '\nTo add what is missing: npx hearth-metrics init',
  )
  return isWired ? 0 : 1
}

async function change(app: App, files: AppFiles, options: Options, terminal: Terminal): Promise<number> {
  const isRemoval = options.action === 'remove'
  const { changes, tasks } = isRemoval ? planRemove(files) : planInit(files, specifierOf(options, app, terminal))
  const misplaced = isRemoval ? undefined : misplacedInstrumentation(app, terminal.folder)
  if (misplaced) terminal.print(`\nNote: ${misplacedSentence(misplaced, files)}.`)
  if (changes.length > 0) terminal.print(`\n${diffOf(changes, terminal.isColoured).trimEnd()}`)
  if (tasks.length > 0) terminal.print(`\n${tasksOf(tasks)}`)
  const told = new Set(tasks.map(({ path }) => path))
  const users = isRemoval
    ? filesThatStillUse(PACKAGE, app, changes, terminal.folder).filter((one) => !told.has(one))
    : []
  if (users.length > 0) terminal.print(`\n${stillUsing(users)}`)
  const status = tasks.length > 0 || users.length > 0 ? 1 : 0
  if (changes.length === 0) {
    if (status === 0)
      terminal.print(isRemoval ? '\nHearth is not in this app: there is nothing to remove.' : alreadyWired(app))
    return status
  }
  if (!options.isSure) {
    if (!terminal.ask) {
      terminal.print('\nNothing was written, as there is no terminal to ask. Add --yes to write these changes.')
      return 1
    }
    if (!(await terminal.ask('\nWrite this? [Y/n] '))) {
      terminal.print('\nNothing was changed.')
      return 1
    }
  }
  applyChanges(changes, terminal.folder)
  for (const { path, after } of changes) terminal.print(`${after === undefined ? 'deleted' : 'wrote'}  ${path}`)
  const install = commandFor(app.agent, 'install')
  const isManifestChanged = changes.some(({ path }) => path === files.packageJson.path)
  if (isManifestChanged && options.installs) runInstall(install, app, terminal)
  if (isRemoval)
    terminal.print(
      `\n${status === 0 ? 'Hearth is removed from this app.' : 'Hearth is not removed yet: make the changes listed above by hand.'} If it kept a history in .hearth/, you can delete that folder.`,
    )
  else
    terminal.print(
      `\n${status === 0 ? 'Done.' : 'Almost done: make the changes listed above by hand.'} ${whereToLook(app)}`,
    )
  if (isManifestChanged && !options.installs) terminal.print(`First install the changed packages: ${install.join(' ')}`)
  return status
}

function stillUsing(users: readonly string[]): string {
  const named = users.slice(0, FILES_NAMED).map((path) => `  ${path}`)
  const more = users.length - named.length
  const rest = more > 0 ? [`  and ${more} more`] : []
  return [`These files use ${PACKAGE} too, and fail without it. Remove it there by hand:`, ...named, ...rest].join('\n')
}

function runInstall(command: string[], app: App, terminal: Terminal): void {
  const [program = 'npm', ...args] = command
  terminal.print(`\n> ${command.join(' ')}`)
  const status = terminal.run(program, args, dirname(app.packageJson))
  if (status === 0) return
  throw new Problem(`The files are written, but "${command.join(' ')}" failed (exit status ${status}): run it again.`)
}

function specifierOf({ package: given }: Options, app: App, { folder }: Terminal): { text: string; isChosen: boolean } {
  if (given === undefined) return { text: `^${version}`, isChosen: false }
  return { text: specifierFor(given, folder, app.packageJson), isChosen: true }
}

function alreadyWired(app: App): string {
  const isInstalled = app.isInstalled(PACKAGE)
  const install = isInstalled ? '' : `\nIt is not installed yet: ${commandFor(app.agent, 'install').join(' ')}`
  return `\nEverything is in place already: nothing to change.${install}\n${whereToLook(app)}`
}

function whereToLook({ agent }: App): string {
  const start = commandFor(agent, 'run', ['dev']).join(' ')
  const undo = commandFor(agent, 'execute-local', [PACKAGE, 'init', '--remove']).join(' ')
  return `Start your app (${start}), and open ${DASHBOARD}\nTo undo it: ${undo}`
}

function misplacedSentence(misplaced: string, { instrumentation }: AppFiles): string {
  return `Next does not read ${misplaced}. Expected it beside app or pages: ${instrumentation.path}`
}

function commandFor(agent: Agent, command: Command, args: string[] = []): string[] {
  const resolved = resolveCommand(agent, command, args)
  return resolved ? [resolved.command, ...resolved.args] : [agent, command, ...args]
}
