// An app that has an instrumentation already, into which the command puts Hearth.
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { createNextApp, LATER_FILES, LATER_REQUESTS, NEXT } from './next-app'

/** As its documentation has it, and a hook of the app's own. */
const INSTRUMENTATION = `
import { registerOTel } from '@vercel/otel'

export function register() {
  registerOTel({ serviceName: 'shop' })
  console.log('the app has registered')
}

export async function onRequestError(error: unknown) {
  console.log('the app was told of', error instanceof Error ? error.message : error)
}
`

export const NEXT_16_OTEL: Host = {
  ...NEXT,
  name: 'next-16-otel',
  make: [createNextApp('16.4.3'), ['npm', 'install', '@vercel/otel@2.1.3', '@opentelemetry/api@1.9.1']],
  files: { ...LATER_FILES, 'instrumentation.ts': INSTRUMENTATION },
  add: NPM_ADD,
  wiring: {},
  wireBy: ['npx', 'hearth-metrics', 'init', '--yes', '--no-install'],
  requests: LATER_REQUESTS,
  says: ['the app has registered', 'the app was told of no such order'],
}
