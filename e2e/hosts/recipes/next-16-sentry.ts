// An app with Sentry, as its wizard wires it, into which the command puts Hearth.
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { createNextApp, LATER_FILES, LATER_REQUESTS, NEXT } from './next-app'

const INSTRUMENTATION = `
import * as Sentry from '@sentry/nextjs'

export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    await import('./sentry.server.config')
  }
}

export const onRequestError = Sentry.captureRequestError
`

/** It says here what it would send. */
const SERVER = `
import * as Sentry from '@sentry/nextjs'

Sentry.init({
  dsn: 'http://public@127.0.0.1:9/1',
  tracesSampleRate: 1,
  beforeSend(event) {
    console.log('Sentry was told of', event.exception?.values?.[0]?.value)
    return null
  },
  beforeSendTransaction: () => null,
})
`

const CONFIG = `
import { withSentryConfig } from '@sentry/nextjs/config'

export default withSentryConfig({}, { silent: true, telemetry: false, sourcemaps: { disable: true } })
`

export const NEXT_16_SENTRY: Host = {
  ...NEXT,
  name: 'next-16-sentry',
  make: [createNextApp('16.4.3', '--no-tailwind'), ['npm', 'install', '@sentry/nextjs@11.0.0']],
  files: {
    ...LATER_FILES,
    'instrumentation.ts': INSTRUMENTATION,
    'sentry.server.config.ts': SERVER,
    'next.config.ts': CONFIG,
  },
  add: NPM_ADD,
  wiring: {},
  wireBy: ['npx', 'hearth-metrics', 'init', '--yes', '--no-install'],
  requests: LATER_REQUESTS,
  says: ['Sentry was told of no such order', 'Sentry was told of no such price'],
}
