// A page that has one thing to say: an address that doesn't exist, an error.
import Link from 'next/link'
import type { ReactNode } from 'react'
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
        <Link href="/dashboard" prefetch={false}>
          Open the dashboard
        </Link>
      </div>
    </main>
  )
}
