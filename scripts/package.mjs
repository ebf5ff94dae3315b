// npm run package: builds the npm package into dist/, packs it, and says how large it is.
import './require-node-for-tools.mjs'
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const { ensurePackages, runNpm } = await import('./packages.mjs')
const { runCommandLine } = await import('./command-line.mjs')
const { Problem } = await import('./problem.mjs')
const { DIST, NAME, PACKAGE, REPOSITORY, SOURCES } = await import('./package-names.mjs')
const { ROOT } = await import('./run.mjs')

/** @type {import('./command-line.mjs').CommandLine} */
const commandLine = {
  command: 'npm run package',
  about: `Builds the npm package ${NAME} from package/ into ${relative(ROOT, PACKAGE)}, checks its types, packs it into a tarball in dist/ and prints the sizes. It installs what is missing first. Whatever was in dist/ is deleted.`,
  examples: {
    'npm run package': `then, in the folder of another app: npm install <path of the tarball>, npx ${NAME} init`,
  },
}

/** What app/fonts was made of. */
const FONT = join(ROOT, 'node_modules', 'geist', 'package.json')

await runCommandLine(commandLine, async () => {
  await ensurePackages()
  // They import packages.
  const { buildClient } = await import('./build-client.mjs')
  const { bundlePackage } = await import('./package-bundle.mjs')
  const { licencesOf } = await import('./package-licences.mjs')
  const { manifest } = await import('./package-manifest.mjs')
  const { testTypes, writeTypes } = await import('./package-types.mjs')

  rmSync(DIST, { recursive: true, force: true })
  mkdirSync(PACKAGE, { recursive: true })
  const client = await buildClient()
  const modules = await bundlePackage()
  writeFileSync(join(PACKAGE, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`)
  writeFileSync(join(PACKAGE, 'THIRD-PARTY-LICENSES'), licencesOf([...client.sources, ...modules, FONT]))
  copyFileSync(join(ROOT, 'LICENSE'), join(PACKAGE, 'LICENSE'))
  for (const text of ['README.md', 'CHANGELOG.md']) copyFileSync(join(SOURCES, text), join(PACKAGE, text))
  await writeTypes()
  await testTypes()
  const code = await runNpm(['pack', PACKAGE, '--pack-destination', DIST, '--silent'])
  if (code !== 0) throw new Problem('npm could not pack the package: its output is above.')

  const tarball = join(DIST, `${NAME}-${REPOSITORY.version}.tgz`)
  console.log(`\nSent to a browser (compressed of uncompressed):`)
  for (const { name, bytes, sentBytes } of client.files)
    console.log(`  ${name}: ${kilobytes(sentBytes)} of ${kilobytes(bytes)}`)
  console.log(`\nFiles of the package:`)
  const files = readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.c?js$|LICEN/.test(file))
  for (const file of files.sort()) console.log(`  ${file}: ${kilobytes(statSync(join(PACKAGE, file)).size)}`)
  console.log(`\n${tarball}: ${kilobytes(statSync(tarball).size)}`)
  return 0
})

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
