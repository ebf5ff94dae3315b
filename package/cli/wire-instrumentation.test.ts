// Every form in which an app may export Next's hooks: what it becomes, whole, that a second time changes nothing, and that
// taking it out gives back the bytes.
import { describe, expect, test } from 'vitest'
import { DEFAULT_STYLE } from './source-code'
import { unwireInstrumentation } from './unwire-instrumentation'
import { missingHooks, newInstrumentation, wireInstrumentation } from './wire-instrumentation'

const COMMENT = '// Added by "npx hearth-metrics init": both hooks run, even if one fails.\n'

/** What is appended for a `register` of the app's own. */
const register = (call = 'await register()') => `async function registerWithHearth() {
  try {
    const hearth = await import('hearth-metrics')
    await hearth.register()
  } finally {
    ${call}
  }
}
`
const exportRegister = '\nexport { registerWithHearth as register }\n'

/** What is appended for an `onRequestError` of the app's own, in TypeScript. */
const onRequestError = (
  call = 'await Reflect.apply(onRequestError, undefined, report)',
) => `async function onRequestErrorWithHearth(
  ...report: Parameters<typeof import('hearth-metrics').onRequestError>
) {
  try {
    const hearth = await import('hearth-metrics')
    await hearth.onRequestError(...report)
  } finally {
    ${call}
  }
}
`
const exportError = '\nexport { onRequestErrorWithHearth as onRequestError }\n'

const passError = "\nexport { onRequestError } from 'hearth-metrics'\n"
const passRegister = "\nexport { register } from 'hearth-metrics'\n"

/** The app's files beside instrumentation.ts. */
const modules: Record<string, string> = {
  './observability': 'export async function register() {}\nexport const onRequestError = () => {}\n',
  './only-register': 'export { setUp as register } from "x"\n',
  './star-of-star': "export * from './observability'\n",
  './nothing': 'export const answer = 42\n',
}
const read = (source: string) => {
  const text = modules[source]
  return text === undefined ? undefined : { path: `${source}.ts`, text }
}

/** [what the file looks like, its text, that text afterwards, its path] */
type Row = readonly [sentence: string, before: string, after: string, path?: string]

const rows: Row[] = [
  [
    'registerOTel, as the documentation of @vercel/otel has it: its function gives nothing to await',
    "import { registerOTel } from '@vercel/otel'\n\nexport function register() {\n  registerOTel({ serviceName: 'next-app' })\n}\n",
    `import { registerOTel } from '@vercel/otel'\n\nfunction register() {\n  registerOTel({ serviceName: 'next-app' })\n}\n\n${COMMENT}${register('register()')}${exportRegister}${passError}`,
  ],
  [
    'Sentry, as its wizard writes it',
    `import * as Sentry from "@sentry/nextjs";

export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    await import("./sentry.server.config");
  }

  if (process.env.NEXT_RUNTIME === "edge") {
    await import("./sentry.edge.config");
  }
}

export const onRequestError = Sentry.captureRequestError;
`,
    `import * as Sentry from "@sentry/nextjs";

async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    await import("./sentry.server.config");
  }

  if (process.env.NEXT_RUNTIME === "edge") {
    await import("./sentry.edge.config");
  }
}

const onRequestError = Sentry.captureRequestError;

// Added by "npx hearth-metrics init": both hooks run, even if one fails.
async function registerWithHearth() {
  try {
    const hearth = await import("hearth-metrics");
    await hearth.register();
  } finally {
    await register();
  }
}

export { registerWithHearth as register };

async function onRequestErrorWithHearth(
  ...report: Parameters<typeof import("hearth-metrics").onRequestError>
) {
  try {
    const hearth = await import("hearth-metrics");
    await hearth.onRequestError(...report);
  } finally {
    await Reflect.apply(onRequestError, undefined, report);
  }
}

export { onRequestErrorWithHearth as onRequestError };
`,
  ],
  [
    'the same in JavaScript, without a type',
    "import * as Sentry from '@sentry/nextjs'\nexport const onRequestError = Sentry.captureRequestError\n",
    `import * as Sentry from '@sentry/nextjs'\nconst onRequestError = Sentry.captureRequestError\n\n${COMMENT}async function onRequestErrorWithHearth(...report) {
  try {
    const hearth = await import('hearth-metrics')
    await hearth.onRequestError(...report)
  } finally {
    await onRequestError(...report)
  }
}
${exportError}${passRegister}`,
    'instrumentation.js',
  ],
  [
    'imports by NEXT_RUNTIME alone, comments and odd formatting kept',
    "// Why this is here.\n\n/* two */ export async function register( ) { // three\n    if (process.env.NEXT_RUNTIME === 'nodejs') await import('./node')   \n\n\n}\n",
    `// Why this is here.\n\n/* two */ async function register( ) { // three\n    if (process.env.NEXT_RUNTIME === 'nodejs') await import('./node')   \n\n\n}\n\n${COMMENT}${register().replace(/^( +)/gm, '$1$1')}${exportRegister}${passError}`,
  ],
  [
    'register as an arrow function with a block',
    'export const register = async () => {\n  await start()\n}\n',
    `const register = async () => {\n  await start()\n}\n\n${COMMENT}${register()}${exportRegister}${passError}`,
  ],
  [
    'register as an arrow function of one expression',
    "export const register = () => registerOTel('app')\n",
    `const register = () => registerOTel('app')\n\n${COMMENT}${register()}${exportRegister}${passError}`,
  ],
  [
    'register as a function expression that returns a promise',
    'export const register = function () {\n  return start()\n}\n',
    `const register = function () {\n  return start()\n}\n\n${COMMENT}${register()}${exportRegister}${passError}`,
  ],
  [
    'register as what a call gives',
    'export const register = createRegister({ name: "app" })\n',
    `const register = createRegister({ name: "app" })\n\n${COMMENT}${register().replaceAll("'", '"')}${exportRegister}${passError.replaceAll("'", '"')}`,
  ],
  [
    'register as a typed variable, let',
    'export let register: () => Promise<void> = async () => {}\n',
    `let register: () => Promise<void> = async () => {}\n\n${COMMENT}${register()}${exportRegister}${passError}`,
  ],
  [
    'both out of one call, with something else',
    'export const { register, onRequestError, tracer } = setUp()\n',
    `const { register, onRequestError, tracer } = setUp()\n\n${COMMENT}${register()}\nexport { registerWithHearth as register, tracer }\n\n${onRequestError()}${exportError}`,
  ],
  [
    'under other names in a pattern, with a default',
    'export const { init: register = fallback, ...rest } = setUp()\n',
    `const { init: register = fallback, ...rest } = setUp()\n\n${COMMENT}${register()}\nexport { registerWithHearth as register, rest }\n${passError}`,
  ],
  [
    'a pattern within a pattern',
    'export const [{ register }, other] = setUp()\n',
    `const [{ register }, other] = setUp()\n\n${COMMENT}${register()}\nexport { registerWithHearth as register, other }\n${passError}`,
  ],
  [
    'two variables in one statement',
    'export const a = 1, register = start\n',
    `const a = 1, register = start\n\n${COMMENT}${register()}\nexport { registerWithHearth as register, a }\n${passError}`,
  ],
  [
    'listed at the end',
    'async function register() {}\nconst onRequestError = capture\n\nexport { register, onRequestError }\n',
    `async function register() {}\nconst onRequestError = capture\n\nexport { registerWithHearth as register, onRequestErrorWithHearth as onRequestError }\n\n${COMMENT}${register()}\n${onRequestError()}`,
  ],
  [
    'listed under another name, before it is declared',
    'export { init as register, other }\n\nfunction init() {\n  start()\n}\nconst other = 1\n',
    `export { registerWithHearth as register, other }\n\nfunction init() {\n  start()\n}\nconst other = 1\n\n${COMMENT}${register('init()')}${passError}`,
  ],
  [
    'imported, and listed',
    "import { register } from './otel'\n\nexport { register }\n",
    `import { register } from './otel'\n\nexport { registerWithHearth as register }\n\n${COMMENT}${register()}${passError}`,
  ],
  [
    'passed on from another file',
    "export { register } from './x'\n",
    `import { register } from './x'\n\n${COMMENT}${register()}${exportRegister}${passError}`,
  ],
  [
    'both passed on, one from each of two packages',
    'export { register } from "@acme/otel";\nexport { captureRequestError as onRequestError } from "@sentry/nextjs";\n',
    `import { register } from "@acme/otel";\nimport { captureRequestError as onRequestError } from "@sentry/nextjs";\n\n${COMMENT}${register()
      .replaceAll("'", '"')
      .replace(/([)])$/gm, '$1;')
      .replace(
        'register();\n  }',
        'register();\n  }',
      )}\nexport { registerWithHearth as register };\n\n${onRequestError()
      .replaceAll("'", '"')
      .replace(/^( {4}.*)$/gm, '$1;')}\nexport { onRequestErrorWithHearth as onRequestError };\n`,
  ],
  [
    'passed on beside a type and another name',
    "export { default as register, flush as stop, type Options } from './x'\n",
    `import { default as register, flush as stop, type Options } from './x'\n\n${COMMENT}${register()}\nexport { registerWithHearth as register, stop, type Options }\n${passError}`,
  ],
  [
    'everything exported from a file that has both',
    "export * from './observability'\n",
    `export * from './observability'\n\n${COMMENT}${register("const own = await import('./observability')\n    await own.register()")}${exportRegister}\n${onRequestError("const own = await import('./observability')\n    await Reflect.apply(own.onRequestError, undefined, report)")}${exportError}`,
  ],
  [
    'everything exported from a file that has one of them, through another',
    "export * from './only-register'\nexport * from './nothing'\n",
    `export * from './only-register'\nexport * from './nothing'\n\n${COMMENT}${register("const own = await import('./only-register')\n    await own.register()")}${exportRegister}${passError}`,
  ],
  [
    'everything exported, two files away, with a register of its own on top',
    "export * from './star-of-star'\nexport function register() {}\n",
    `export * from './star-of-star'\nfunction register() {}\n\n${COMMENT}${register('register()')}${exportRegister}\n${onRequestError("const own = await import('./star-of-star')\n    await Reflect.apply(own.onRequestError, undefined, report)")}${exportError}`,
  ],
  [
    'onRequestError with the type that Next has for it',
    "import type { Instrumentation } from 'next'\n\nexport const onRequestError: Instrumentation.onRequestError = async (error) => {\n  await send(error)\n}\n",
    `import type { Instrumentation } from 'next'\n\nconst onRequestError: Instrumentation.onRequestError = async (error) => {\n  await send(error)\n}\n\n${COMMENT}${onRequestError()}${exportError}${passRegister}`,
  ],
  [
    'onRequestError with satisfies',
    'export const onRequestError = (async (error) => {\n  await send(error)\n}) satisfies Instrumentation.onRequestError\n',
    `const onRequestError = (async (error) => {\n  await send(error)\n}) satisfies Instrumentation.onRequestError\n\n${COMMENT}${onRequestError()}${exportError}${passRegister}`,
  ],
  [
    'onRequestError with fewer and narrower parameters than Next gives',
    'export async function onRequestError(error: Error) {\n  await send(error)\n}\n',
    `async function onRequestError(error: Error) {\n  await send(error)\n}\n\n${COMMENT}${onRequestError()}${exportError}${passRegister}`,
  ],
  [
    'onRequestError that returns nothing',
    'export function onRequestError(error, request, context) {\n  send(error, request.path, context)\n}\n',
    `function onRequestError(error, request, context) {\n  send(error, request.path, context)\n}\n\n${COMMENT}${onRequestError('Reflect.apply(onRequestError, undefined, report)')}${exportError}${passRegister}`,
    'src/instrumentation.ts',
  ],
  [
    'neither of the hooks',
    "import './polyfill'\n",
    "import './polyfill'\n\nexport { register, onRequestError } from 'hearth-metrics'\n",
  ],
  [
    'a comment alone',
    '// To be done.\n',
    "// To be done.\n\nexport { register, onRequestError } from 'hearth-metrics'\n",
  ],
  [
    'a default that is called as a hook is',
    'import "./types";\nexport default function onRequestError() {}\n',
    'import "./types";\nexport default function onRequestError() {}\n\nexport { register, onRequestError } from "hearth-metrics";\n',
  ],
  [
    'no line break at its end',
    'export const register = start',
    `const register = start\n\n${COMMENT}${register()}${exportRegister}${passError}`.slice(0, -1),
  ],
  [
    'line breaks of Windows',
    "import { start } from 'x'\r\n\r\nexport const register = start\r\n",
    `import { start } from 'x'\n\nconst register = start\n\n${COMMENT}${register()}${exportRegister}${passError}`.replaceAll(
      '\n',
      '\r\n',
    ),
  ],
  [
    'tabs, and a byte order mark',
    '\uFEFFexport function register() {\n\tstart()\n}\n',
    `\uFEFFfunction register() {\n\tstart()\n}\n\n${COMMENT}${register('register()').replaceAll('    ', '\t\t').replaceAll('  ', '\t')}${exportRegister}${passError}`,
  ],
  [
    'JSX and a hashbang',
    '#!/usr/bin/env node\nexport const register = () => <p />\n',
    `#!/usr/bin/env node\nconst register = () => <p />\n\n${COMMENT}${register()}${exportRegister}${passError}`,
    'instrumentation.jsx',
  ],
]

const cases = rows.map(([sentence, before, after, path = 'instrumentation.ts']) => ({ sentence, before, after, path }))

describe.each(cases)('$sentence', ({ before, after, path }) => {
  test('becomes', () => {
    expect(wireInstrumentation(before, path, read)).toBe(after)
  })

  test('misses nothing then', () => {
    expect(missingHooks(before, path)).toEqual(['register', 'onRequestError'])
    expect(missingHooks(after, path)).toEqual([])
  })

  test('is given back to the byte', () => {
    expect(unwireInstrumentation(after, path)).toBe(before)
  })
})

test.each(cases)('with other line breaks, and without the last one, as well: $sentence', ({ before, path }) => {
  for (const text of [before.replaceAll(/\r?\n/g, '\r\n'), before.trimEnd(), `${before}\n\n`]) {
    expect(unwireInstrumentation(wireInstrumentation(text, path, read), path)).toBe(text)
  }
})

test.each([
  ['a CommonJS module', 'exports.register = () => {}\n', 'is a CommonJS module'],
  ['module.exports', 'module.exports = { register() {} }\n', 'is a CommonJS module'],
  ['everything of a package', "export * from '@acme/otel'\n", "exports everything from '@acme/otel'"],
  ['a namespace', "export * as register from './x'\n", 'exports register as a namespace'],
  [
    'two of them',
    'export function register() {}\nexport { a as register }\nconst a = 1\n',
    'exports register more than once',
  ],
  ['overloads', 'export function register(): void\nexport function register() {}\n', 'declares overloads of register'],
  ['no JavaScript', 'export function register( {\n', "can't be parsed"],
  ['an enum', 'export enum register {}\n', "exports register as something that can't be called"],
  ['a constant enum', 'export const enum onRequestError { a }\n', "exports onRequestError as something that can't be"],
  ['a namespace of TypeScript', 'export namespace register { export const a = 1 }\n', 'exports register as something'],
  ['a class', 'export class register {}\n', "exports register as something that can't be called"],
  ['a type', 'export type register = () => void\n', "exports register as something that can't be called"],
  ['a type of another file', "export type { register } from './types'\n", 'exports register as something that'],
  ['a type in a list', 'type a = 1\nexport { type a as register }\n', "exports register as something that can't be"],
  ['what is only declared', 'export declare function register(): void\n', "exports register as something that can't"],
  [
    'an import of TypeScript',
    'export import register = Sdk.start\n',
    "exports register as something that can't be called",
  ],
  ['an assigned export', 'export = { register() {} }\n', 'is a CommonJS module'],
  [
    'our name, for a function',
    'export function register() {}\nasync function registerWithHearth() {}\n',
    'has a registerWithHearth already',
  ],
  [
    'our name, for what is imported',
    "import { onRequestErrorWithHearth } from './x'\nexport const onRequestError = onRequestErrorWithHearth\n",
    'has a onRequestErrorWithHearth already',
  ],
  [
    'a hook of two files',
    "export * from './observability'\nexport * from './only-register'\n",
    'exports register from both',
  ],
  [
    'a hook and a default of one file',
    "export { register, x as default } from './x'\n",
    'exports a hook and a default',
  ],
])('%s is left to the person', (_sentence, before, why) => {
  expect(() => wireInstrumentation(before, 'instrumentation.ts', read)).toThrow(why)
})

test('the file of an app that has none is one line, and nothing is left when it is taken out', () => {
  const text = newInstrumentation({ ...DEFAULT_STYLE, semicolon: ';', quote: '"' })
  expect(text).toBe('export { register, onRequestError } from "hearth-metrics";\n')
  expect(missingHooks(text, 'instrumentation.ts')).toEqual([])
  expect(unwireInstrumentation(text, 'instrumentation.ts')).toBeUndefined()
})

test.each([
  [
    'imports',
    "import { register as start } from 'hearth-metrics'\nexport const register = start\n",
    ['onRequestError'],
  ],
  ['a namespace', "import * as hearth from 'hearth-metrics'\nexport const { register, onRequestError } = hearth\n", []],
  ['late imports', "export async function register() {\n  await (await import('hearth-metrics')).register()\n}\n", []],
  ['a part', "export { register } from 'hearth-metrics'\n", ['onRequestError']],
  ['no file', undefined, ['register', 'onRequestError']],
])('what a person wired by hand counts: %s', (_sentence, text, missing) => {
  expect(missingHooks(text, 'instrumentation.ts')).toEqual(missing)
})

test('what a formatter has made of our lines is still taken out', () => {
  const [, before = ''] = rows[1] ?? []
  const wired = wireInstrumentation(before, 'instrumentation.ts', read)
  const formatted = wired
    .replaceAll('"', "'")
    .replaceAll(';', '')
    .replaceAll('\n  ', '\n\t')
    .replace(/\(\n\t\.\.\.report(.*)\n\)/, '(...report$1)')
  expect(unwireInstrumentation(formatted, 'instrumentation.ts')).toBe(
    before.replaceAll('"', "'").replaceAll(';', '').replaceAll('\n  ', '\n\t'),
  )
})

test('what was added below our lines stays', () => {
  const before = 'export const register = start\n'
  const later = '\nexport const runtime = 1\n'
  const wired = wireInstrumentation(before, 'instrumentation.ts', read) + later
  expect(unwireInstrumentation(wired, 'instrumentation.ts')).toBe(before + later)
})

test('one of our functions that a person has rewritten is left to the person', () => {
  const wired = wireInstrumentation('export const register = start\n', 'instrumentation.ts', read)
  const changed = wired.replace(/try \{[^}]*\} finally/, '')
  expect(() => unwireInstrumentation(changed, 'instrumentation.ts')).toThrow('no longer as it was written')
})
