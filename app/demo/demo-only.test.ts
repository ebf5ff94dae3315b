import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.resetModules())

/** demoOnly as it is in a process with this environment. */
async function demoOnlyWith(demoRoutes: boolean) {
  vi.doMock('@/server/env', () => ({ env: () => ({ demoRoutes }) }))
  return (await import('./demo-only')).demoOnly
}

test("without DEMO_ROUTES=1 a demo route is Next's own not-found", async () => {
  const demoOnly = await demoOnlyWith(false)
  expect(demoOnly).toThrow(expect.objectContaining({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }))
})

test('with it the route goes on', async () => {
  const demoOnly = await demoOnlyWith(true)
  expect(demoOnly).not.toThrow()
})
