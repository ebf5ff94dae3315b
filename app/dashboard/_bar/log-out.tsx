'use client'
// Ends the session of somebody who has logged in with the token.
import type { FormEvent } from 'react'
import styles from './footer.module.css'

/** `path` takes a POST. The page, asked for once more, asks for the token then. */
export function LogOut({ path }: { path: string }) {
  return (
    <form method="post" action={path} onSubmit={(event) => void logOut(event, path)}>
      <button type="submit" className={styles.logOut}>
        Log out
      </button>
    </form>
  )
}

/** A form would be sent without its origin, since the page names no referrer: over plain http nobody could tell whose it is. */
async function logOut(event: FormEvent, path: string): Promise<void> {
  event.preventDefault()
  await fetch(path, { method: 'POST' }).catch(() => undefined)
  window.location.reload()
}
