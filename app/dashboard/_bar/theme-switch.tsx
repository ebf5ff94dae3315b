'use client'
// The theme: as the system says, light, dark, and round again. The browser remembers it.
import { THEME_KEY } from '../../theme-script'
import styles from './top-bar.module.css'
import type { Theme } from './use-theme'
import { useTheme } from './use-theme'

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

/** What is drawn as a line, and what is filled. */
const LINES: Record<Theme, string> = {
  system: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 1 0 8 1.8z',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 .8v1.6M8 13.6v1.6M.8 8h1.6M13.6 8h1.6M2.9 2.9 4 4M12 12l1.1 1.1M2.9 13.1 4 12M12 4l1.1-1.1',
  dark: 'M13.8 9.6A6 6 0 0 1 6.4 2.2a6 6 0 1 0 7.4 7.4z',
}
const FILLS: Record<Theme, string> = { system: 'M8 1.8a6.2 6.2 0 1 0 0 12.4z', light: '', dark: LINES.dark }

export function ThemeSwitch() {
  const [theme, setTheme] = useTheme(THEME_KEY)
  return (
    <button
      type="button"
      className={styles.control}
      title={`Theme: ${theme}`}
      aria-label={`Theme: ${theme}. Change to ${NEXT[theme]}`}
      onClick={() => setTheme(NEXT[theme])}
    >
      <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true">
        <path d={FILLS[theme]} fill="currentColor" />
        <path d={LINES[theme]} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
      </svg>
    </button>
  )
}
