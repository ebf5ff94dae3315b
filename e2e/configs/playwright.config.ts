// This repository under configurations of Next that are not its own: each takes a build.
import { defineConfig } from '@playwright/test'
import base from '../../playwright.config'

export default defineConfig({
  ...base,
  testDir: '.',
  testIgnore: [],
  globalSetup: undefined,
  outputDir: '../../test-results/configs',
})
