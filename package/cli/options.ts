// The command line of `npx hearth-metrics`, read once.
import { existsSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from './problem'

export const HELP = `Usage: npx hearth-metrics init [options]

Puts Hearth into the Next.js app of the current folder: adds the dependency, creates or extends
instrumentation.ts, sets experimental.instrumentationHook on Next 14, and adds .hearth/ to .gitignore.
It shows all changes and asks before it writes, then runs your package manager's install.

Options:
  -y, --yes              Write without asking.
      --check            Change nothing, say what is missing. Exit status 1 if anything is.
      --remove           Undo what init did.
      --package <spec>   A version, or the path of a tarball. Default: the version of this command.
      --no-install       Do not run the package manager.
  -h, --help             Show this text.
  -v, --version          Show the version of this command.

Environment variables of your app, afterwards:
  HEARTH_PORT            The port of the dashboard (9464). Empty: no port of its own.
  HEARTH_HOST            The address it listens on (127.0.0.1, this machine only).
  HEARTH_TOKEN           A token to log in with, needed before others can look.

Examples:
  npx hearth-metrics init            then start your app and open http://127.0.0.1:9464
  npx hearth-metrics init --check    for CI
`

export type Options = {
  action: 'init' | 'check' | 'remove' | 'help' | 'version'
  isSure: boolean
  installs: boolean
  /** As it was given; see `specifierFor`. */
  package: string | undefined
}

/**
 * @param args those after the command's name
 * @throws Problem for what isn't known, in one sentence
 */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parsed(args)
  const [command, ...further] = positionals
  const isAsked = values.help || (command === undefined && !values.version)
  if (command !== undefined && command !== 'init') throw new Problem(`Unknown command ${command}. Expected init.`)
  if (further.length > 0) throw new Problem(`Expected only options after init, got ${further.join(' ')}.`)
  if (values.check && values.remove) throw new Problem('Use either --check or --remove, not both.')
  if (values.package !== undefined && (values.check || values.remove)) {
    throw new Problem('Use --package without --check and --remove.')
  }
  const action = values.check ? 'check' : values.remove ? 'remove' : 'init'
  return {
    action: isAsked ? 'help' : values.version ? 'version' : action,
    isSure: values.yes ?? false,
    installs: !values['no-install'],
    package: values.package,
  }
}

/**
 * @param given a version, range, tag or URL; or the path of a tarball or folder, with or without `file:`
 * @param from the folder from which a path is meant
 * @param packageJson into which it goes: a path becomes one from there
 * @throws Problem where there is nothing at that path
 */
export function specifierFor(given: string, from: string, packageJson: string): string {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(given)
  if (isUrl || !/^(file:|\.{0,2}[\\/])|\.(tgz|tar\.gz)$/.test(given)) return given
  const path = resolve(from, given.replace(/^file:/, ''))
  if (!existsSync(path))
    throw new Problem(`--package: expected a version or an existing file, and ${path} does not exist.`)
  return `file:${relative(dirname(packageJson), path).split(sep).join('/')}`
}

const OPTIONS = {
  yes: { type: 'boolean', short: 'y' },
  check: { type: 'boolean' },
  remove: { type: 'boolean' },
  package: { type: 'string' },
  'no-install': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  } catch (error) {
    // Node's own message goes on about positional arguments.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/)
    const expected = Object.keys(OPTIONS).map((name) => `--${name}`)
    throw new Problem(
      `${sentence?.replace(/\.$/, '')}. Expected ${expected.join(', ')}. Help: npx hearth-metrics init --help`,
    )
  }
}
