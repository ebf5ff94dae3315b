// Explore in a browser.

import { Explore } from '@/app/dashboard/_explore/explore'
import { TrpcClient } from '@/app/dashboard/_live/trpc-client'
import type { StatusStart } from '@/server/web/page-start'
import { draw } from './draw'

draw(({ doors, status }: StatusStart) => (
  <TrpcClient url={doors.trpc}>
    <Explore status={status} />
  </TrpcClient>
))
