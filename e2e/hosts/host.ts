// What a host is: an app that nobody here wrote, or wrote as its framework's first page says, and how Hearth gets into it.

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]]

export type Sent = {
  path: string
  method?: 'GET' | 'POST'
  /** What a POST brings as a form; else it is JSON. */
  form?: string
  /** Once, unless it is said. */
  times?: number
  status: number
  /** What its answer has to say besides. */
  contains?: string
  /** The template under which it is counted. */
  route: string
  /** The kind of the exception that each of them is, where it is one. */
  exception?: 'render' | 'route'
}

export type Wiring = Readonly<Record<string, string | readonly string[]>>

export type Host = {
  name: string
  /** Whether it is one of the few that `npm test` takes. */
  isChosen?: boolean
  /** Whether it is tried with every version of Node, and not only with the one that runs the tests. */
  isForEachNode?: boolean
  /** Makes the app in the empty folder in which they run, its packages included. */
  make: readonly Command[]
  /** What its author adds to that, by path: pages and handlers that are asked, and that throw. */
  files: Readonly<Record<string, string>>
  /** What the document says to do, by path: a new file, or what takes the place of each line `// hearth` of the app's own. */
  wiring: Wiring
  /** Does that instead of somebody who reads the document. It runs where the package is installed. */
  wireBy?: Command
  /** Installs the tarball whose path comes after it. */
  add: Command
  build?: Command
  /** Its folder of files for browsers, below the app's. */
  clientFiles?: string
  /** Listens on the port in PORT. `wired` where the document says to start it in another way. */
  start: { plain: Command; wired?: Command }
  /** Whether it runs from `.next/standalone`, in a folder of its own. */
  isStandalone?: boolean
  env?: Readonly<Record<string, string>>
  /** The first is a page, which is also looked at in the browser; it is asked once more, to see whether the app is there. */
  requests: readonly [Sent, ...Sent[]]
  /** Samples of its own metrics after these requests, by name. */
  counts?: Readonly<Record<string, number>>
  /** What the app itself says when it has answered them, and goes on to say. */
  says?: readonly string[]
  /** Where the dashboard lies on the app's own port, as browsers know it. */
  mount?: string
}

export const NPM_ADD: Command = ['npm', 'install']
