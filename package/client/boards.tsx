// Boards in a browser.
import { Boards } from '@/app/dashboard/_own/boards'
import { draw } from './draw'

draw('boards', <Boards />)
