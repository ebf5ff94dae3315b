// node --import hearth-metrics/register server.js
import { register } from './index'

await register()
