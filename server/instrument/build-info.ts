// Which build runs, as Prometheus's programs say it: a gauge of value 1 whose label names it. A new label is a new build.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Gauge } from 'prom-client'
import { yieldingRegistry } from './registry'

const NAME = 'build_info'
/** Next's build id is at most so long, and so is a file that isn't one not read into a label. */
const LONGEST_VERSION = 100

/** Declares it where there is a version: DEPLOY_VERSION, else Next's build id. A second call changes nothing. */
export function declareBuildInfo(deployVersion: string | undefined): void {
  const registry = yieldingRegistry()
  const version = deployVersion ?? nextBuildId()
  if (version === undefined || registry.getSingleMetric(NAME) !== undefined) return
  const gauge = new Gauge({
    name: NAME,
    help: 'The build that runs: version is DEPLOY_VERSION, or else the id that Next gave the build.',
    labelNames: ['version'],
    registers: [registry],
  })
  gauge.set({ version }, 1)
}

/** Undefined in development, and where no build of Next's is. */
function nextBuildId(): string | undefined {
  if (process.env.NODE_ENV === 'development') return undefined
  try {
    const id = readFileSync(join(process.cwd(), distDir(), 'BUILD_ID'), 'utf8').trim()
    return id === '' || id.length > LONGEST_VERSION ? undefined : id
  } catch {
    return undefined
  }
}

/** Only the standalone server tells where its build lies. */
function distDir(): string {
  try {
    const config: { distDir?: unknown } = JSON.parse(process.env.__NEXT_PRIVATE_STANDALONE_CONFIG ?? '{}')
    return typeof config.distDir === 'string' ? config.distDir : '.next'
  } catch {
    return '.next'
  }
}
