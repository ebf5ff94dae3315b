import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.resetModules())

/** demoOnly as it is in a process with this environment. */
async function demoOnlyWith(demoRoutes: boolean) {
  vi.doMock('@/server/env', () => ({ env: () => ({ demoRoutes }) }))
  // There is a request.
  vi.doMock('next/server', () => ({ connection: async () => {} }))
  return (await import('./demo-only')).demoOnly
}

test("without DEMO_ROUTES=1 a demo route is Next's own not-found", async () => {
  const demoOnly = await demoOnlyWith(false)
  await expect(demoOnly()).rejects.toEqual(expect.objectContaining({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }))
})

test('with it the route goes on', async () => {
  const demoOnly = await demoOnlyWith(true)
  await expect(demoOnly()).resolves.toBeUndefined()
})
