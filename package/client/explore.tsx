// Explore in a browser.
import { Explore } from '@/app/dashboard/_explore/explore'
import { draw } from './draw'

draw('explore', <Explore />)
