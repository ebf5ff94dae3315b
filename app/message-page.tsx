// A page that has one thing to say: an address that doesn't exist, an error.
import type { ReactNode } from 'react'
import { BASE_PATH } from './base-path'
import { Brand } from './dashboard/_bar/brand'
import styles from './message-page.module.css'

export function MessagePage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <main className={styles.page}>
      <Brand />
      <h1>{title}</h1>
      <p>{text}</p>
      <div className={styles.actions}>
        {children}
        {/* Next's Link would be 7 KB of script on every page of the dashboard. */}
        <a href={`${BASE_PATH}/dashboard`}>Open the dashboard</a>
      </div>
    </main>
  )
}
