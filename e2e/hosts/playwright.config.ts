// The hosts: apps that are made, built and started for each of them, which takes minutes.
import { defineConfig } from '@playwright/test'
import base from '../../playwright.config'
import { OTHER_NODES } from '../../scripts/other-node.mjs'
import type { OtherNode } from './hosts.spec'

export default defineConfig<object, OtherNode>({
  ...base,
  testDir: '.',
  workers: 1,
  globalSetup: undefined,
  use: { ...base.use, actionTimeout: 30_000 },
  projects: [
    { name: 'hosts' },
    ...OTHER_NODES.map((node) => ({ name: `node-${node}`, grep: /@each-node/, use: { otherNode: node } })),
  ],
  outputDir: '../../test-results/hosts',
})
