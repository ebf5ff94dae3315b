'use client'
// Puts a panel's PromQL on the clipboard, ready for Prometheus, Grafana or this app's own API.
import { useEffect, useState } from 'react'
import { copyText } from './copy-text'
import styles from './tool-button.module.css'

const SHOWN_MS = 1600
const SIGNS = { '': '⧉', Copied: '✓', 'Not copied': '✗' }

/** `isCompact` shows a sign instead of the word. */
export function CopyPromql({ title, text, isCompact }: { title: string; text: string; isCompact?: boolean }) {
  const [said, setSaid] = useState<'Copied' | 'Not copied' | undefined>()

  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])

  async function copy() {
    setSaid((await copyText(text)) ? 'Copied' : 'Not copied')
  }

  return (
    <button type="button" className={styles.tool} title={text} onClick={() => void copy()}>
      <span className="visually-hidden">
        Copy the PromQL of {title} <span role="status">{said ?? ''}</span>
      </span>
      <span aria-hidden="true">{isCompact ? SIGNS[said ?? ''] : (said ?? 'PromQL')}</span>
    </button>
  )
}
