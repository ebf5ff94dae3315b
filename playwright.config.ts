// e2e: what a user and a scraper see of the production build. One worker: the tests measure and count what a server does.
import { defineConfig } from '@playwright/test'
import { CHROMIUM_SWITCHES, findChromium } from './scripts/find-chromium.mjs'

export default defineConfig({
  testDir: 'e2e',
  // They have a configuration of their own.
  testIgnore: ['configs/**', 'hosts/**'],
  globalSetup: './e2e/build-first.ts',
  outputDir: 'test-results',
  reporter: 'list',
  workers: 1,
  retries: 0,
  // `next dev` compiles each route at its first request, and a shared machine is slow.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_SWITCHES },
  },
})
