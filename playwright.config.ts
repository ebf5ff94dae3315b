// e2e: what a user and a scraper see of the production build. Each test of the page waits for ticks most of its time, so two
// files of them run at once. What asks a server for much, or starts `next dev`, runs one file at a time beside them.
import { defineConfig } from '@playwright/test'
import { CHROMIUM_SWITCHES, findChromium } from './scripts/find-chromium.mjs'

export default defineConfig({
  testDir: 'e2e',
  projects: [
    // First, so that files of the page run beside it. Configurations and hosts have a configuration of their own.
    { name: 'server', testIgnore: ['dashboard/**', 'configs/**', 'hosts/**'], workers: 1 },
    { name: 'page', testMatch: 'dashboard/**/*.spec.ts' },
  ],
  globalSetup: './e2e/build-first.ts',
  outputDir: 'test-results',
  reporter: 'list',
  workers: 2,
  // There it is told as "flaky" in the last lines, and is to be mended.
  retries: process.env.CI ? 1 : 0,
  // `next dev` compiles each route at its first request, and a shared machine is slow.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_SWITCHES },
  },
})
