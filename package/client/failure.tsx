// What a person sees when the dashboard itself throws: the error's message and a way to try again.
import type { ReactNode } from 'react'
import { Component } from 'react'
import { Brand } from '@/app/dashboard/_bar/brand'
import styles from '@/app/message-page.module.css'

type FailureState = { words: string | undefined }

export class Failure extends Component<{ children: ReactNode }, FailureState> {
  override state: FailureState = { words: undefined }

  static getDerivedStateFromError(error: unknown): FailureState {
    return { words: error instanceof Error ? error.message : 'Something that is not an Error was thrown.' }
  }

  override render(): ReactNode {
    const { words } = this.state
    if (words === undefined) return this.props.children
    return (
      <main className={styles.page}>
        <Brand />
        <h1>This page failed</h1>
        <p>{words}</p>
        <div className={styles.actions}>
          <button type="button" onClick={() => window.location.reload()}>
            Try again
          </button>
        </div>
      </main>
    )
  }
}
