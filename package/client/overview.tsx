// The overview in a browser.
import { LiveProvider } from '@/app/dashboard/_live/live-provider'
import { Overview } from '@/app/dashboard/overview'
import type { PageStart } from '@/server/web/page-start'
import { draw } from './draw'

draw(({ live, status, exceptions }: PageStart) => (
  <LiveProvider start={live}>
    <Overview status={status} exceptions={exceptions} />
  </LiveProvider>
))
