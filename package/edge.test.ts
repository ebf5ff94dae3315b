import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test, vi } from 'vitest'
import { recentExceptions } from '@/server/instrument/exceptions'
import { hearOfProxyErrors } from '@/server/instrument/request-error'
import { onRequestError } from './edge'

test('what is thrown in the Edge runtime is recorded by the process around it, if there is one', async () => {
  const report = { path: '/cart', method: 'GET', headers: {} }
  const context = { routerKind: 'Pages Router', routePath: '/middleware', routeType: 'proxy' } as const
  const throwThere = () =>
    onRequestError(new RangeError('no cart'), report, { ...context, revalidateReason: undefined })
  hearOfProxyErrors()
  const before = recentExceptions().length
  await throwThere()
  expect(recentExceptions()).toHaveLength(before)
  vi.stubGlobal('AsyncLocalStorage', AsyncLocalStorage)
  await throwThere()
  expect(recentExceptions()).toHaveLength(before + 1)
  expect(recentExceptions().at(0)).toMatchObject({ kind: 'proxy', route: '(proxy)', name: 'RangeError' })
})
