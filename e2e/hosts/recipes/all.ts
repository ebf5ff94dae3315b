// All hosts, in the order in which they are tried.
import type { Host } from '../host'
import { NEXT_16_HOSTS } from './next-16'
import { NEXT_16_OTEL } from './next-16-otel'
import { OLDER_NEXT_HOSTS } from './older-next'
import { PAGES_ROUTER } from './pages-router'
import { SERVER_HOSTS } from './servers'

export const HOSTS: readonly Host[] = [
  ...NEXT_16_HOSTS,
  ...SERVER_HOSTS,
  ...OLDER_NEXT_HOSTS,
  PAGES_ROUTER,
  NEXT_16_OTEL,
]
