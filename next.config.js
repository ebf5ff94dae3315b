// The configuration of Next: nothing here reaches out to the network or writes files on its own.

/** @type {import('next').NextConfig} */
export default {
  // One registry per process: prom-client is required from node_modules, never bundled into several copies.
  serverExternalPackages: ['prom-client'],
  output: process.env.STANDALONE === '1' ? 'standalone' : undefined,
  poweredByHeader: false,
  agentRules: false,
  experimental: { agentUpgrade: false },
}
