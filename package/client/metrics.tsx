// Metrics in a browser.
import { Metrics } from '@/app/dashboard/_metrics/metrics'
import type { StatusStart } from '@/server/web/page-start'
import { draw } from './draw'

draw(({ status }: StatusStart) => <Metrics status={status} />)
