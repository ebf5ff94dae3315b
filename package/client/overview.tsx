// The overview in a browser.
import { Overview } from '@/app/dashboard/overview'
import { draw } from './draw'

draw('overview', <Overview />)
