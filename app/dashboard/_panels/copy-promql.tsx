'use client'
// Puts a panel's PromQL on the clipboard, ready for Prometheus, Grafana or this app's own API.
import { useEffect, useState } from 'react'
import { copyText } from './copy-text'
import styles from './tool-button.module.css'

const SHOWN_MS = 1600
/** Drawn, since not every font has such signs: two sheets, a tick, a cross. */
const SIGNS = {
  '': 'M4.5 4.5h6v6h-6zM7.5 4.5v-3h-6v6h3',
  Copied: 'M1.5 6.5l3 3 6-7',
  'Not copied': 'M2 2l8 8M10 2l-8 8',
}

/** `isCompact` shows a sign instead of the word. */
export function CopyPromql({ name, text, isCompact }: { name: string; text: string; isCompact?: boolean }) {
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
        Copy the PromQL of {name} <span role="status">{said ?? ''}</span>
      </span>
      {isCompact ? (
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d={SIGNS[said ?? '']} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
        </svg>
      ) : (
        <span aria-hidden="true">{said ?? 'PromQL'}</span>
      )}
    </button>
  )
}
