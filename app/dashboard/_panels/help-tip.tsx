'use client'
// One sentence of help behind a question mark: by hover, by focus, by tap; Escape puts it away, and so does a tap elsewhere.
import { useEffect, useId, useRef, useState } from 'react'
import styles from './popover.module.css'
import tool from './tool-button.module.css'
import { useBeside } from './use-beside'

export function HelpTip({ name, text }: { name: string; text: string }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const place = useRef<HTMLSpanElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const tip = useRef<HTMLSpanElement>(null)

  // By hand, so that it closes no menu that is open.
  useEffect(() => {
    if (!isOpen) return
    const shown = tip.current
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false)
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && place.current?.contains(target))) setOpen(false)
    }
    shown?.showPopover?.()
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPress)
    return () => {
      shown?.hidePopover?.()
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPress)
    }
  }, [isOpen])
  useBeside(button, tip, isOpen)

  return (
    // The tip belongs to what is hovered, so that the pointer can move onto its text.
    <span ref={place} onPointerEnter={() => setOpen(true)} onPointerLeave={() => setOpen(false)}>
      <button
        ref={button}
        type="button"
        className={tool.tool}
        aria-label={`About ${name}`}
        aria-describedby={id}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
      >
        ?
      </button>
      <span ref={tip} id={id} role="tooltip" popover="manual" className={`${styles.popover} ${styles.tip}`}>
        {text}
      </span>
    </span>
  )
}
