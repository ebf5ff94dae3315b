// What has to change, as a function of the files as they are. Nothing here reads or writes.

import type { Hook, ReadModule } from './find-hooks'
import { ByHand } from './problem'
import type { Style } from './source-code'
import { unwireInstrumentation } from './unwire-instrumentation'
import { addIgnored, isIgnored, newGitignore, removeIgnored } from './wire-gitignore'
import { missingHooks, newInstrumentation, PACKAGE, wireInstrumentation } from './wire-instrumentation'
import { addDependency, dependencyOf, removeDependency } from './wire-manifest'
import { isFlagSet, newNextConfig, unwireNextConfig, wireNextConfig } from './wire-next-config'

/** A file of the app, by the path that the person sees. `text` is undefined where there is none yet. */
export type AppFile = { path: string; text: string | undefined }

export type AppFiles = {
  packageJson: AppFile & { text: string }
  instrumentation: AppFile
  nextConfig: AppFile
  /** undefined: the app is in no git repository. */
  gitignore: AppFile | undefined
  /** How the author of the app writes, for files that are new. */
  style: Style
  /** Next 14 reads no instrumentation without a flag. */
  needsFlag: boolean
  readModule: ReadModule
}

/** `after` is undefined where the file is deleted. */
export type Change = { path: string; before: string | undefined; after: string | undefined }

/** A file that the person has to change, and what to do there. */
export type Task = { path: string; why: string; advice: readonly string[] }

export type Plan = { changes: Change[]; tasks: Task[] }

/** What `--check` tells of one thing. */
export type Finding = { isWired: boolean; sentence: string }

/**
 * @param specifier of the dependency; `isChosen`: it takes the place of one that is there
 * @returns what puts Hearth in; without changes where all is wired
 */
export function planInit(files: AppFiles, specifier: { text: string; isChosen: boolean }): Plan {
  return collect(files, {
    packageJson: (text) => {
      const present = dependencyOf(text, PACKAGE)
      return present !== undefined && !specifier.isChosen ? text : addDependency(text, PACKAGE, specifier.text)
    },
    instrumentation: (text, path) => {
      if (text === undefined) return newInstrumentation(files.style)
      if (missingIn(files, text).length === 0) return text
      const own = unwireInstrumentation(text, path)
      if (own === undefined) return newInstrumentation(files.style)
      const missing = missingHooks(own, path)
      if (missing.length < 2) {
        throw new ByHand(`takes only a part of ${PACKAGE}, in a way of its own`, [`Pass ${missing.join()} on as well.`])
      }
      return wireInstrumentation(own, path, files.readModule)
    },
    nextConfig: (text, path) => {
      if (!files.needsFlag) return text
      if (text === undefined) return newNextConfig(files.style)
      return isFlagSet(text, path) ? text : wireNextConfig(text, path)
    },
    gitignore: (text) => (text === undefined ? newGitignore() : isIgnored(text) ? text : addIgnored(text)),
  })
}

/** @returns what takes Hearth out again; without changes where it isn't in */
export function planRemove(files: AppFiles): Plan {
  return collect(files, {
    packageJson: (text) => removeDependency(text, PACKAGE),
    instrumentation: (text, path) => {
      if (!text?.includes(PACKAGE)) return text
      const own = unwireInstrumentation(text, path)
      if (own === undefined || missingHooks(own, path).length === 2) return own
      throw new ByHand(`takes ${PACKAGE} in a way of its own`, ['Remove the lines that name it.'])
    },
    nextConfig: (text, path) => (text?.includes(PACKAGE) ? unwireNextConfig(text, path) : text),
    gitignore: (text) => (text === undefined ? undefined : removeIgnored(text)),
  })
}

/** @returns for each thing that has to be there whether it is, in a sentence */
export function check(files: AppFiles): Finding[] {
  const { packageJson, instrumentation, nextConfig, gitignore } = files
  const specifier = dependencyOf(packageJson.text, PACKAGE)
  const missing = findOrTell(() => missingIn(files, instrumentation.text))
  const findings = [
    finding(
      specifier !== undefined,
      `${packageJson.path} has ${PACKAGE} (${specifier})`,
      `${packageJson.path} has no dependency ${PACKAGE}`,
    ),
    finding(
      Array.isArray(missing) && missing.length === 0,
      `${instrumentation.path} passes ${files.needsFlag ? 'register' : 'register and onRequestError'} to Hearth`,
      instrumentation.text === undefined
        ? `there is no ${instrumentation.path}`
        : Array.isArray(missing)
          ? `${instrumentation.path} doesn't pass ${missing.join(' and ')} to Hearth`
          : `${instrumentation.path} ${missing}`,
    ),
  ]
  if (files.needsFlag) {
    const isSet = findOrTell(() => nextConfig.text !== undefined && isFlagSet(nextConfig.text, nextConfig.path))
    const sets = 'experimental.instrumentationHook, which Next 14 needs'
    findings.push(finding(isSet === true, `${nextConfig.path} sets ${sets}`, `${nextConfig.path} doesn't set ${sets}`))
  }
  if (gitignore) {
    const isInIt = gitignore.text !== undefined && isIgnored(gitignore.text)
    findings.push(finding(isInIt, `${gitignore.path} has .hearth/`, `${gitignore.path} doesn't have .hearth/`))
  }
  return findings
}

/** Next 14 has no hook for errors, so there it needn't be passed on. */
function missingIn({ instrumentation, needsFlag }: AppFiles, text: string | undefined): Hook[] {
  const missing = missingHooks(text, instrumentation.path)
  return needsFlag && !missing.includes('register') ? [] : missing
}

type Edits = {
  packageJson: (text: string) => string
  instrumentation: Edit
  nextConfig: Edit
  gitignore: Edit
}
type Edit = (text: string | undefined, path: string) => string | undefined

function collect({ packageJson, instrumentation, nextConfig, gitignore }: AppFiles, edits: Edits): Plan {
  const plan: Plan = { changes: [], tasks: [] }
  const steps: [AppFile | undefined, () => string | undefined][] = [
    [packageJson, () => edits.packageJson(packageJson.text)],
    [instrumentation, () => edits.instrumentation(instrumentation.text, instrumentation.path)],
    [nextConfig, () => edits.nextConfig(nextConfig.text, nextConfig.path)],
    [gitignore, () => edits.gitignore(gitignore?.text, gitignore?.path ?? '')],
  ]
  for (const [file, edit] of steps) {
    if (!file) continue
    try {
      const after = edit()
      if (after !== file.text) plan.changes.push({ path: file.path, before: file.text, after })
    } catch (error) {
      if (!(error instanceof ByHand)) throw error
      plan.tasks.push({ path: file.path, why: error.message, advice: error.advice })
    }
  }
  return plan
}

function finding(isWired: boolean, yes: string, no: string): Finding {
  return { isWired, sentence: isWired ? yes : no }
}

/** The answer, or in words why there is none. */
function findOrTell<T>(find: () => T): T | string {
  try {
    return find()
  } catch (error) {
    if (error instanceof ByHand) return error.message
    throw error
  }
}
