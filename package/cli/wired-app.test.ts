// What is written is run: in Node, with stand-ins for both packages, and by the TypeScript compiler.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wireInstrumentation } from './wire-instrumentation'

const run = promisify(execFile)
const TSC = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc')

/** Notes what is called; fails where `failing` names it. */
const step = `export const called = []
export const failing = new Set()
export const step = async (name) => {
  await new Promise((done) => setTimeout(done, 1))
  called.push(name)
  if (failing.has(name)) throw new Error(name + ' failed')
}
`
const hearth = `import { step } from '../../step.mjs'
export const register = () => step('hearth.register')
export const onRequestError = (...report) => step('hearth.onRequestError of ' + report.length)
`
const own = `import { step } from './step.mjs'
export const register = () => step('own.register')
export const onRequestError = (...report) => step('own.onRequestError of ' + report.length)
export const other = 1
`
/** Calls both hooks: with no failure, with one of each of Hearth's, and with one of each of the app's own. */
const caller = `import * as hooks from './instrumentation.mjs'
import { called, failing } from './step.mjs'
const results = []
for (const who of ['nobody', 'hearth', 'own']) {
  for (const hook of ['register', 'onRequestError of 3']) failing.add(who + '.' + hook)
  for (const [hook, report] of [['register', []], ['onRequestError', [new Error('x'), {}, {}]]]) {
    await hooks[hook](...report).catch((error) => called.push('thrown: ' + error.message))
  }
  results.push(called.splice(0))
  failing.clear()
}
console.log(JSON.stringify({ results, names: Object.keys(hooks) }))
`
const types = `type Context = { routerKind: 'Pages Router' | 'App Router'; routePath: string }
export declare function register(): Promise<void>
export declare function onRequestError(
  error: unknown,
  request: Readonly<{ path: string; method: string; headers: NodeJS.Dict<string | string[]> }>,
  context: Readonly<Context>,
): Promise<void>
`

let folder = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hearth-wired-')))
  const home = join(folder, 'node_modules/hearth-metrics')
  mkdirSync(home, { recursive: true })
  const manifest = { type: 'module', exports: { types: './index.d.ts', default: './index.js' } }
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(home, 'index.js'), hearth)
  writeFileSync(join(home, 'index.d.ts'), types)
  writeFileSync(join(folder, 'step.mjs'), step)
  writeFileSync(join(folder, 'call.mjs'), caller)
})
afterEach(() => rmSync(folder, { recursive: true }))

const declared = own.replace('export const other', 'const other')
const bare = declared.replaceAll('export ', '')

test.each([
  ['declared', declared, []],
  ['listed', `${bare}export { register, onRequestError }\n`, []],
  ['passed on', "export { register, onRequestError, other } from './own.mjs'\n", ['other']],
  ['all passed on', "export * from './own.mjs'\n", ['other']],
  [
    'out of one call',
    "import * as own from './own.mjs'\nexport const { register, onRequestError, other } = own\n",
    ['other'],
  ],
])('where the hooks are %s, both run in order, and none keeps the other from it', async (_sentence, text, others) => {
  const wired = wireInstrumentation(text, 'instrumentation.mjs', () => ({ path: 'own.mjs', text: own }))
  writeFileSync(join(folder, 'own.mjs'), own)
  writeFileSync(join(folder, 'instrumentation.mjs'), wired)
  const { stdout } = await run(process.execPath, ['call.mjs'], { cwd: folder })
  expect(JSON.parse(stdout)).toEqual({
    results: [
      ['hearth.register', 'own.register', 'hearth.onRequestError of 3', 'own.onRequestError of 3'],
      [
        ...['hearth.register', 'own.register', 'thrown: hearth.register failed'],
        ...['hearth.onRequestError of 3', 'own.onRequestError of 3', 'thrown: hearth.onRequestError of 3 failed'],
      ],
      [
        ...['hearth.register', 'own.register', 'thrown: own.register failed'],
        ...['hearth.onRequestError of 3', 'own.onRequestError of 3', 'thrown: own.onRequestError of 3 failed'],
      ],
    ],
    names: ['onRequestError', ...others, 'register'],
  })
})

test('what is written in TypeScript is accepted by the compiler, in its strictest form', async () => {
  const sources: Record<string, string> = {
    typed:
      "export const onRequestError: typeof import('hearth-metrics').onRequestError = async (error) => console.log(error)\n",
    few: 'export async function onRequestError(error: Error) {\n  console.log(error)\n}\n',
    narrow:
      'export function onRequestError(error: { digest: string } & Error, request: { path: string }, context: { routeType: "render" }): void {\n  console.log(error, request, context)\n}\n',
    none: 'export function onRequestError() {}\nexport function register() {}\n',
    rest: 'export const onRequestError = (...report: [Error]) => console.log(report)\n',
    unknown:
      'declare const captureRequestError: (error: unknown, request: { path: string }) => void\nexport const onRequestError = captureRequestError\n',
    from: "export { register, type Shape } from './own'\n",
    star: "export * from './own'\n",
    pattern:
      'declare function setUp(): { register: () => void; tracer: number }\nexport const { register, tracer } = setUp()\n',
  }
  writeFileSync(join(folder, 'own.ts'), 'export type Shape = 1\nexport async function register(): Promise<void> {}\n')
  const read = () => ({ path: 'own.ts', text: 'export async function register() {}\n' })
  for (const [name, text] of Object.entries(sources)) {
    writeFileSync(join(folder, `${name}.ts`), wireInstrumentation(text, `${name}.ts`, read))
  }
  const compilerOptions = {
    target: 'es2017',
    lib: ['dom', 'esnext'],
    module: 'esnext',
    moduleResolution: 'bundler',
    moduleDetection: 'force',
    isolatedModules: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    typeRoots: [join(import.meta.dirname, '../../node_modules/@types')],
    types: ['node'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const { stdout } = await run(process.execPath, [TSC, '-p', '.'], { cwd: folder }).catch((error: unknown) => {
    return { stdout: String(error instanceof Error && 'stdout' in error ? error.stdout : error) }
  })
  expect(stdout).toBe('')
})
