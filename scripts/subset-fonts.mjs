// Writes app/fonts/: Geist with the characters and weights that the dashboard may show, 53 KB of its 140. Run it again after an
// update of `geist`: `node scripts/subset-fonts.mjs`. Other characters are drawn in the system's font.
/// <reference path="./subset-font.d.ts" />
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { ROOT } from './run.mjs'

const GEIST = join(ROOT, 'node_modules', 'geist')
const FONTS = join(ROOT, 'app', 'fonts')

/** The lightest and the boldest that a style sheet asks for lie between them. */
const WEIGHTS = { min: 400, max: 700, default: 400 }

/** Latin, with the letters of Europe's languages, and the signs that are among our words. */
const CHARACTERS = `${between(0x20, 0x7e)}${between(0xa0, 0x17f)}–—‘’‚“”„†•…‹›€™←↑→↓∞−≈≠≤≥●▲✓✕⌘⋯`

for (const { name, source } of [
  { name: 'geist.woff2', source: 'geist-sans/Geist-Variable.woff2' },
  { name: 'geist-mono.woff2', source: 'geist-mono/GeistMono-Variable.woff2' },
]) {
  const whole = readFileSync(join(GEIST, 'dist', 'fonts', source))
  const options = { targetFormat: 'woff2', variationAxes: { wght: WEIGHTS } }
  writeFileSync(join(FONTS, name), await subsetFont(whole, CHARACTERS, options))
}
// The licence of the font asks to be beside it.
copyFileSync(join(GEIST, 'LICENSE.txt'), join(FONTS, 'LICENSE.txt'))

/**
 * @param {number} from a code point
 * @param {number} to the last one
 */
function between(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('')
}
