'use client'
// Opens the palette, which leads anywhere: by a click, by Ctrl+K or Cmd+K, or by a slash where nobody types. Its script is
// loaded then.
import type { ComponentType } from 'react'
import { useCallback, useEffect, useState } from 'react'
import styles from './top-bar.module.css'

type PaletteType = ComponentType<{ onClose: () => void }>

export function PaletteButton() {
  const [Palette, setPalette] = useState<PaletteType>()
  const open = useCallback(async () => {
    const { Palette } = await import('../_palette/palette')
    setPalette(() => Palette)
  }, [])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isWish(event)) return
      event.preventDefault()
      void open()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [open])
  return (
    <>
      <button
        type="button"
        className={styles.control}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K /"
        title="Go to anything (Ctrl+K)"
        onClick={() => void open()}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path
            d="M10 6a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM9 9l3.5 3.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          />
        </svg>
        <span className="visually-hidden">Go to</span>
      </button>
      {Palette && <Palette onClose={() => setPalette(undefined)} />}
    </>
  )
}

function isWish(event: KeyboardEvent): boolean {
  const { altKey, ctrlKey, key, metaKey, shiftKey } = event
  if (ctrlKey || metaKey) return key.toLowerCase() === 'k' && !altKey && !shiftKey
  // On some keyboards it takes Shift.
  return key === '/' && !isTyping(event)
}

/** Also within the editor, which has a tree of its own. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath()
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=range]), textarea, select')
}
