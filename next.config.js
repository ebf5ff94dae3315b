// The configuration of Next: nothing here reaches out to the network or writes files on its own.

import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  // One registry per process: prom-client is required from node_modules, never bundled into several copies. libsql finds
  // its binary beside itself.
  serverExternalPackages: ['prom-client', 'libsql'],
  // Whatever lock files lie in the folders above.
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  output: process.env.STANDALONE === '1' ? 'standalone' : undefined,
  poweredByHeader: false,
  // Nothing here uses the image optimizer, so there is none to ask: /_next/image is a path that doesn't exist.
  images: { unoptimized: true },
  agentRules: false,
  experimental: { agentUpgrade: false },
}
