// This repository under configurations of Next that are not its own: each takes a build.
import { defineConfig } from '@playwright/test'
import base from '../../playwright.config'

export default defineConfig({
  ...base,
  testDir: '.',
  projects: [{ name: 'configs' }],
  workers: 1,
  globalSetup: undefined,
  outputDir: '../../test-results/configs',
})
