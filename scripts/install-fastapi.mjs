// Brings FastAPI to a machine that has none, where that is possible without asking.
import { aptInstall, isDebian, isRoot } from './debian.mjs'
import { findFastapi } from './find-fastapi.mjs'

/** @returns {string | undefined} the path of a Python that has it; undefined when there is none and it couldn't be installed */
export function installFastapi() {
  const found = findFastapi()
  if (found !== undefined || process.env.PYTHON_PATH) return found
  if (!isDebian() || !isRoot()) return undefined
  console.log("Installing FastAPI from Debian, for the test that scrapes the tutorial's own app ...")
  return aptInstall(['python3-fastapi', 'python3-prometheus-client', 'uvicorn']) ? findFastapi() : undefined
}
