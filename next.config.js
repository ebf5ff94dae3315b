// The configuration of Next: nothing here reaches out to the network or writes files on its own.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CLIENT_MODULE, CLIENT_SPECIFIER } from './scripts/client-module.mjs'

/** Where the client was not built, its stand-in says so. */
const isClientBuilt = existsSync(CLIENT_MODULE)

/** @type {import('next').NextConfig} */
export default {
  // One registry per process: prom-client is required from node_modules, never bundled into several copies. libsql finds
  // its binary beside itself.
  serverExternalPackages: ['prom-client', 'libsql'],
  // Whatever lock files lie in the folders above.
  turbopack: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    resolveAlias: isClientBuilt ? { [CLIENT_SPECIFIER]: './.cache/client/client-assets.mjs' } : {},
  },
  // The paths of tsconfig.json go before an alias.
  webpack(config, { webpack }) {
    const specifier = new RegExp(`^${CLIENT_SPECIFIER}$`)
    if (isClientBuilt) config.plugins.push(new webpack.NormalModuleReplacementPlugin(specifier, CLIENT_MODULE))
    return config
  },
  output: process.env.STANDALONE === '1' ? 'standalone' : undefined,
  poweredByHeader: false,
  // Nothing here uses the image optimizer, so there is none to ask: /_next/image is a path that doesn't exist.
  images: { unoptimized: true },
  agentRules: false,
  experimental: { agentUpgrade: false },
}
