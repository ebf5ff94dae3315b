// Each page asks for itself whether it may be seen: what stands before Next (server/web/guard-pages.ts) has seen neither the
// requests that came before it stood there nor those that Next itself sends on to a page.
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { processDoor } from '@/server/web/process-door'

/** Waits for a request, and sends whoever may not look to the page that asks for the token. */
export async function requireAdmission(): Promise<void> {
  await connection()
  const head = { method: 'GET', headers: new Headers(await headers()) }
  if (!processDoor().admits(head, 'page')) redirect('/dashboard/login')
}
