// Where this machine has a Python with FastAPI: for the test that scrapes the tutorial's own app.
import { spawnSync } from 'node:child_process'
import { findOnPath } from './find-on-path.mjs'

const MODULES = ['fastapi', 'uvicorn', 'prometheus_client']

/** What to do when there is none. */
export const FASTAPI_ADVICE =
  'Run `pip install fastapi uvicorn prometheus-client` for a python3 on the PATH, or set PYTHON_PATH to a Python that has them.'

/**
 * PYTHON_PATH when it is set (and nothing else is then looked at), else the first on the PATH that has the modules.
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export function findFastapi() {
  const wanted = process.env.PYTHON_PATH
  const candidates = wanted ? [wanted] : findOnPath(['python3', 'python'])
  return candidates.find(hasModules)
}

/** @param {string} python */
function hasModules(python) {
  const look = `import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, sys.argv[1:])))`
  return spawnSync(python, ['-c', look, ...MODULES], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
