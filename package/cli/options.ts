// The command line of `npx hearth-metrics`, read once.
import { existsSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from './problem'

export const HELP = `Usage: npx hearth-metrics init [options]

Puts Hearth into the Next.js app of the current folder: adds the dependency, creates
or extends instrumentation.ts, sets experimental.instrumentationHook on Next 14, and
adds .hearth/ to .gitignore. It shows all changes first, and asks.

  --yes, -y          write without asking
  --check            change nothing, tell what is missing; exit status 1 if anything is
  --remove           undo what init did
  --package <spec>   a version, or the path of a tarball, instead of the newest version
  --no-install       don't run the package manager
  --help, -h         this text
  --version, -v      the version of this command
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
  if (command !== undefined && command !== 'init') throw new Problem(`Unknown command ${command}: there is only init.`)
  if (further.length > 0) throw new Problem(`init takes no arguments, and got ${further.join(' ')}.`)
  if (values.check && values.remove) throw new Problem('Give --check or --remove, not both.')
  if (values.package !== undefined && (values.check || values.remove)) {
    throw new Problem('--package goes with init alone, not with --check or --remove.')
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
  if (!existsSync(path)) throw new Problem(`--package: there is no ${path}.`)
  return `file:${relative(dirname(packageJson), path).split(sep).join('/')}`
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', short: 'y' },
        check: { type: 'boolean' },
        remove: { type: 'boolean' },
        package: { type: 'string' },
        'no-install': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    })
  } catch (error) {
    // Node's own message goes on about positional arguments.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/)
    throw new Problem(`${sentence?.replace(/\.$/, '')}. See npx hearth-metrics --help.`)
  }
}
