// What each configuration is sent, and what is shown of it.
import { OWN_ROUTES } from '@/app/dashboard/_boards/own-traffic'
import type { Counts } from '../hosts/counted'
import type { Sent } from '../hosts/host'
import type { Configuration } from './configuration'

/** The paths of Hearth's own that programs ask for, which answer with and without a slash at their end. */
export const DOORS: readonly { path: string; query?: string; contains: string; route: string }[] = [
  { path: '/metrics', contains: 'requests_total{', route: '/metrics' },
  {
    path: '/prometheus/api/v1/query',
    query: '?query=up',
    contains: '"status":"success"',
    route: '/prometheus/[...path]',
  },
  { path: '/api/trpc/metrics.status', contains: '"result"', route: '/api/trpc/[trpc]' },
]

/** The first is asked once more at the start. */
export function requestsOf({
  base = '',
  slash = '',
  brokenPageStatus = 500,
  requests = [],
}: Configuration): [Sent, ...Sent[]] {
  const at = (path: string) => base + path + slash
  const post = 'POST' as const
  const doors = DOORS.flatMap(({ path, query = '', route }) =>
    // To Next, the path of a procedure is a file's, for its dot.
    ['', path.includes('.') ? '' : slash].map((end): Sent => ({ path: base + path + end + query, status: 200, route })),
  )
  return [
    { path: base === '' ? '/' : base + slash, times: 3, status: 200, route: '/' },
    { path: at('/demo/products/7'), times: 2, status: 200, route: '/demo/products/[id]' },
    { path: at('/demo/report'), status: brokenPageStatus, route: '/demo/report', exception: 'render' },
    { path: at('/demo/api/payments'), times: 2, status: 500, route: '/demo/api/payments', exception: 'route' },
    { path: at('/demo/api/orders/7'), status: 200, route: '/demo/api/orders/[id]' },
    { path: at('/demo/api/orders'), method: post, status: 201, route: '/demo/api/orders' },
    { path: at('/no/such/page'), status: 404, route: '/_not-found' },
    { path: `${base}/demo/slow${slash === '' ? '/' : ''}`, status: 308, route: '(redirect)' },
    { path: at('/dashboard'), status: 200, route: '/dashboard' },
    { path: at('/dashboard/no/such/page'), status: 404, route: '/dashboard/[...path]' },
    ...doors,
    {
      path: `${base}/prometheus/api/v1/query`,
      method: post,
      form: 'query=up',
      status: 200,
      route: '/prometheus/[...path]',
    },
    ...requests.map((sent) => ({ ...sent, path: base + sent.path })),
  ]
}

/** Of those that were counted, the ones that the dashboard shows at first. */
export function shownOf(counted: Counts): number {
  const own = new RegExp(`^(?:${OWN_ROUTES})$`)
  const shown = Object.entries(counted).filter(([key]) => !own.test(key.split(' ')[1] ?? ''))
  return shown.reduce((sum, [, count]) => sum + count, 0)
}
