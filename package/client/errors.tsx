// Errors in a browser.
import { Errors } from '@/app/dashboard/_errors/errors'
import { draw } from './draw'

draw('errors', <Errors />)
