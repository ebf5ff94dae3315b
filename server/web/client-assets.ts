// The files of the prebuilt client. This is a placeholder until it is built: scripts/build-client.mjs writes a module of the
// same shape, and a bundler uses that instead.

/** Bytes in base64; `br` where they are compressed. */
export type ClientFile = { type: string; encoding: 'br' | 'identity'; base64: string }

/** The pages that there are a script of. */
export type PageName = 'overview' | 'explore' | 'metrics' | 'boards' | 'errors'

/** Names have a hash of what is in the file: `overview-6fbb714b74ee.js`. */
export type ClientAssets = {
  /** The files that the document names. */
  page: {
    /** Of each page: the script that draws it, and then what that imports. */
    scripts: Readonly<Record<PageName, readonly [string, ...string[]]>>
    style: string
    theme: string
    icon: string
    fonts: readonly string[]
  }
  files: Readonly<Record<string, ClientFile>>
}

export const clientAssets: ClientAssets | undefined = undefined
