// Metrics in a browser.
import { Metrics } from '@/app/dashboard/_metrics/metrics'
import { draw } from './draw'

draw('metrics', <Metrics />)
