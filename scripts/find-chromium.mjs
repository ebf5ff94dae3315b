// Where this machine has a Chromium (or a Chrome): for Playwright's `launchOptions.executablePath`.
import { createRequire } from 'node:module'
import { findOnPath, isProgram } from './find-on-path.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** What to do when there is none. */
export const CHROMIUM_ADVICE =
  'Install Chromium or Chrome so that it is on the PATH, or run `npx playwright install chromium`, or set CHROMIUM_PATH.'

/** The switches it is started with: headless in a container, as root too, and silent towards the network. */
export const CHROMIUM_SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * CHROMIUM_PATH when it is set (and nothing else is then looked at), else the first on the PATH, else the one that
 * `npx playwright install chromium` has downloaded.
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export function findChromium() {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted) return isProgram(wanted) ? wanted : undefined
  return findOnPath(NAMES)[0] ?? findPlaywrightsOwn()
}

/** @returns {string | undefined} */
function findPlaywrightsOwn() {
  try {
    /** @type {typeof import('playwright')} */
    const playwright = createRequire(import.meta.url)('playwright')
    const path = playwright.chromium.executablePath()
    return isProgram(path) ? path : undefined
  } catch {
    return undefined
  }
}
