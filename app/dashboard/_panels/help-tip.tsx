'use client'
// One sentence of help behind a question mark: by hover, by focus, by tap; Escape puts it away.
import { useId, useState } from 'react'
import styles from './help-tip.module.css'
import tool from './tool-button.module.css'

export function HelpTip({ name, text }: { name: string; text: string }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    // The tip belongs to what is hovered, so that the pointer can move onto its text.
    <span className={styles.anchor} onPointerEnter={() => setOpen(true)} onPointerLeave={() => setOpen(false)}>
      <button
        type="button"
        className={tool.tool}
        aria-label={`About ${name}`}
        aria-describedby={id}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        ?
      </button>
      <span id={id} role="tooltip" className={styles.tip} hidden={!isOpen}>
        {text}
      </span>
    </span>
  )
}
