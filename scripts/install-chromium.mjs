// Brings a Chromium to a machine that has none, where that is possible without asking.
import { aptInstall, isDebian, isRoot } from './debian.mjs'
import { findChromium } from './find-chromium.mjs'

/** @returns {string | undefined} the program's path; undefined when there is none and it couldn't be installed */
export function installChromium() {
  const found = findChromium()
  if (found !== undefined || process.env.CHROMIUM_PATH) return found
  if (!isDebian() || !isRoot()) return undefined
  console.log('Installing Chromium from Debian, for the tests in a browser ...')
  return aptInstall(['chromium']) ? findChromium() : undefined
}
