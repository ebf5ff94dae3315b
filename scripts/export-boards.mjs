// npm run export-boards: our boards in Grafana's dashboard model, into deploy/grafana/. A test holds that the files that are committed
// are as the boards are.
import './require-node-for-tools.mjs'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

const { ensurePackages } = await import('./packages.mjs')
const { runCommandLine } = await import('./command-line.mjs')
const { ROOT } = await import('./run.mjs')

const FOLDER = join(ROOT, 'deploy', 'grafana')

await runCommandLine(
  {
    command: 'npm run export-boards',
    about: `Writes the boards of the dashboard into ${relative(ROOT, FOLDER)}, in Grafana's dashboard model, each as a file that Grafana imports.`,
    examples: { 'npm run export-boards': 'after a change of app/dashboard/_boards' },
  },
  async () => {
    await ensurePackages()
    const { bundle } = await import('./bundle.mjs')
    const file = await bundle(join(ROOT, 'app', 'dashboard', '_grafana', 'exported.ts'))
    const { exportedBoards, toFileText } = await import(pathToFileURL(file).href)
    mkdirSync(FOLDER, { recursive: true })
    for (const [name, model] of Object.entries(exportedBoards())) {
      writeFileSync(join(FOLDER, name), toFileText(model))
      console.log(relative(ROOT, join(FOLDER, name)))
    }
    return 0
  },
)
