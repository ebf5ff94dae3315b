// Where the prebuilt client is: one module of JavaScript, which bundlers take instead of server/web/client-assets.ts.
import { fileURLToPath } from 'node:url'

export const CLIENT_FOLDER = fileURLToPath(new URL('../.cache/client/', import.meta.url))

export const CLIENT_MODULE = `${CLIENT_FOLDER}client-assets.mjs`

/** What is imported where the client is wanted. */
export const CLIENT_SPECIFIER = '@/server/web/client-assets'
