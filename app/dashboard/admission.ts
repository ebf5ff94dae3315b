// Each page checks for itself whether it may be shown. The guard in front of Next (server/web/guard-pages.ts) misses requests
// that came before it was in place, and those that Next itself forwards to a page.
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { processDoor } from '@/server/web/process-door'

/** Waits for a request, and sends a visitor without access to the page that asks for the token. */
export async function requireAdmission(): Promise<void> {
  await connection()
  const head = { method: 'GET', headers: new Headers(await headers()) }
  if (!processDoor().admits(head, 'page')) redirect('/dashboard/login')
}
