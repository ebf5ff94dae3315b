// What a variable of ours is called. In an app with the package all of them begin with HEARTH_: the app has variables of its own,
// and may call them as we would. This repository's app has them without.

/** Put there by the package's build, and nowhere else. */
declare const IN_PACKAGE: true | undefined

/** Whether this is the package, in an app of somebody else. */
export const isInPackage = (): boolean => typeof IN_PACKAGE !== 'undefined'

/** The name under which it is set, of one that `.env.example` has. The port of the app is the app's own, whoever's that is. */
export function variableName(name: string): string {
  return !isInPackage() || name === 'PORT' || name.startsWith(PREFIX) ? name : PREFIX + name
}

const PREFIX = 'HEARTH_'
