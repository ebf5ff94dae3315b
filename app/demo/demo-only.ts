// The demo routes are slow, fail and stream on purpose, for `npm run demo` and the tests. They exist with DEMO_ROUTES=1:
//   GET  /demo/slow?ms=120               answers after that time, at most 10 s
//   GET  /demo/products/[id]             a dynamic page
//   GET  /demo/api/orders/[id]?ms=0      a dynamic handler, slow if asked to be
//   POST /demo/api/orders?status=201     answers with that status, from 200 to 599
//   GET  /demo/api/payments              a handler that throws PaymentDeclined
//   GET  /demo/report                    a page that throws ReportUnavailable
//   GET  /demo/stream?events=5&ms=200    an event stream, at most 600 events up to 10 s apart; with fail=1 it breaks off
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { env } from '@/server/env'

/** Waits for a request, as nothing here is made in a build. Next's own not-found, unless the demo routes are on. */
export async function demoOnly(): Promise<void> {
  await connection()
  if (!env().demoRoutes) notFound()
}
