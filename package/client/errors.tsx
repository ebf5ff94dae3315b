// Errors in a browser.
import { Errors } from '@/app/dashboard/_errors/errors'
import { LiveProvider } from '@/app/dashboard/_live/live-provider'
import type { PageStart } from '@/server/web/page-start'
import { draw } from './draw'

draw(({ live, status, exceptions }: PageStart) => (
  <LiveProvider start={live}>
    <Errors status={status} exceptions={exceptions} />
  </LiveProvider>
))
