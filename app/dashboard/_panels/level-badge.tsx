// A level by shape, word and colour: who can't tell the colours apart, or looks from afar, sees it too.
import type { Level } from '../_boards/thresholds'
import styles from './level-badge.module.css'

const WORDS: Record<Level, string> = { good: 'Good', warning: 'Warning', bad: 'Bad' }

/** A tick; a triangle and a disc with an exclamation mark, as the title and the icon of the page have them. */
const SHAPES: Record<Level, string> = {
  good: 'M2 6.5l2.7 2.7L10 3.2',
  warning: 'M6 .8 11.6 11H.4zM5.4 4.2v3.4h1.2V4.2zM5.4 8.5v1.2h1.2V8.5z',
  bad: 'M6 .3a5.7 5.7 0 1 0 0 11.4A5.7 5.7 0 1 0 6 .3zM5.3 2.8v4.3h1.4V2.8zM5.3 8.2v1.4h1.4V8.2z',
}

/** `title` is what a pointer that rests on it is told; `word` stands in the place of the level's own. */
export function LevelBadge({ level, title, word = WORDS[level] }: { level: Level; title?: string; word?: string }) {
  return (
    <span className={styles.badge} data-level={level} title={title}>
      <svg width="11" height="11" viewBox="0 0 12 12" aria-hidden="true">
        <path d={SHAPES[level]} fillRule="evenodd" />
      </svg>
      {word}
    </span>
  )
}
