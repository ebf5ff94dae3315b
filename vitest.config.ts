// Unit tests stand beside the code, as x.test.ts. What needs a DOM says so in its first line: @vitest-environment happy-dom.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ['{app,server,package,scripts,lint,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['server/testing/property-seed.ts'],
    // As many as there are cores: many of the longest tests wait, for disks, clocks and other processes.
    maxWorkers: '100%',
    // Far above what any test needs: a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
