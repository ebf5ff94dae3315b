// All hosts, in the order in which they are tried.
import type { Host } from '../host'
import { CREATE_T3_APP } from './create-t3-app'
import { NEXT_16_HOSTS } from './next-16'
import { NEXT_16_CSP } from './next-16-csp'
import { NEXT_16_OTEL } from './next-16-otel'
import { NEXT_16_SENTRY } from './next-16-sentry'
import { OLDER_NEXT_HOSTS } from './older-next'
import { PAGES_ROUTER } from './pages-router'
import { SERVER_HOSTS } from './servers'

export const HOSTS: readonly Host[] = [
  ...NEXT_16_HOSTS,
  ...SERVER_HOSTS,
  ...OLDER_NEXT_HOSTS,
  PAGES_ROUTER,
  NEXT_16_CSP,
  CREATE_T3_APP,
  NEXT_16_OTEL,
  NEXT_16_SENTRY,
]
