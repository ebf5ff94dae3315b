// The hosts: apps that are made, built and started for each of them, which takes minutes.
import { defineConfig } from '@playwright/test'
import base from '../../playwright.config'

export default defineConfig({
  ...base,
  testDir: '.',
  testIgnore: [],
  globalSetup: undefined,
  use: { ...base.use, actionTimeout: 30_000 },
  outputDir: '../../test-results/hosts',
})
