// A TypeScript program as one file that Node runs: our own modules inside it, packages outside, as in production.
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'
import { ROOT } from './run.mjs'

/**
 * @param {string} file
 * @returns {Promise<string>} the path of the JavaScript
 */
export async function bundle(file) {
  const output = join(ROOT, '.cache', 'bench', basename(file).replace(/\.ts$/, '.mjs'))
  const build = await rolldown({
    input: file,
    platform: 'node',
    tsconfig: join(ROOT, 'tsconfig.json'),
    external: (source) => !/^(\.|\/|@\/)/.test(source),
  })
  await build.write({ file: output, format: 'esm', sourcemap: 'inline', codeSplitting: false })
  await build.close()
  return output
}
