// Before the first test: the production build, standalone server included, unless it is up to date.
import { ensureBuild } from '../scripts/ensure-build.mjs'

export default () => ensureBuild({ standalone: true })
