// Every form that a next.config may have: what it becomes, whole, that a second time changes nothing, and that taking the
// flag out gives back the bytes.
import { describe, expect, test } from 'vitest'
import { DEFAULT_STYLE } from './source-code'
import { isFlagSet, newNextConfig, pageExtensions, unwireNextConfig, wireNextConfig } from './wire-next-config'

/** [what the file looks like, its text, that text afterwards, its path] */
type Row = readonly [sentence: string, before: string, after: string, path?: string]

const LINE = 'experimental: { instrumentationHook: true }, // for hearth-metrics'
const IN_LINE = 'experimental: { instrumentationHook: true } /* for hearth-metrics */'

const rows: Row[] = [
  [
    'an empty object, as create-next-app has it',
    "/** @type {import('next').NextConfig} */\nconst nextConfig = {};\n\nexport default nextConfig;\n",
    "/** @type {import('next').NextConfig} */\nconst nextConfig = {\n  experimental: { instrumentationHook: true } /* for hearth-metrics */,\n};\n\nexport default nextConfig;\n",
  ],
  [
    'an object with a comment alone',
    'const nextConfig: NextConfig = {\n  /* config options here */\n}\n\nexport default nextConfig\n',
    `const nextConfig: NextConfig = {\n  ${LINE}\n  /* config options here */\n}\n\nexport default nextConfig\n`,
    'next.config.ts',
  ],
  [
    'an object of several lines, without a comma at its end',
    'const nextConfig = {\n    reactStrictMode: true, // why\n    images: { domains: [ "a","b" ] }\n}\n\nmodule.exports = nextConfig\n',
    `const nextConfig = {\n    ${LINE}\n    reactStrictMode: true, // why\n    images: { domains: [ "a","b" ] }\n}\n\nmodule.exports = nextConfig\n`,
  ],
  [
    'an object in one line, exported at once',
    'module.exports = { reactStrictMode: true }\n',
    `module.exports = { ${IN_LINE}, reactStrictMode: true }\n`,
  ],
  ['no white space at all', 'module.exports={swcMinify:true}', `module.exports={ ${IN_LINE},swcMinify:true}`],
  ['white space alone in the object', 'export default { }\n', `export default { ${IN_LINE} }\n`],
  ['a line break alone in the object', 'export default {\n}\n', `export default {\n  ${LINE}\n}\n`],
  [
    'a comment behind the brace',
    'export default { // ours\n  a: 1,\n}\n',
    `export default { ${IN_LINE}, // ours\n  a: 1,\n}\n`,
  ],
  [
    'experimental of several lines',
    'export default {\n  experimental: {\n    typedRoutes: true,\n  },\n}\n',
    'export default {\n  experimental: {\n    instrumentationHook: true, // for hearth-metrics\n    typedRoutes: true,\n  },\n}\n',
  ],
  [
    'experimental in one line, quoted',
    "module.exports = { 'experimental': { typedRoutes: true } }\n",
    "module.exports = { 'experimental': { instrumentationHook: true /* for hearth-metrics */, typedRoutes: true } }\n",
  ],
  [
    'an empty experimental',
    'module.exports = {\n\texperimental: {},\n}\n',
    'module.exports = {\n\texperimental: {\n\t\tinstrumentationHook: true /* for hearth-metrics */,\n\t},\n}\n',
  ],
  [
    'experimental from a variable',
    'const experimental = { ppr: true }\nexport default { experimental }\n',
    'const experimental = { instrumentationHook: true /* for hearth-metrics */, ppr: true }\nexport default { experimental }\n',
  ],
  [
    'a function of the phase',
    "const { PHASE } = require('next/constants')\n\nmodule.exports = (phase, { defaultConfig }) => {\n  return {\n    swcMinify: true,\n  }\n}\n",
    `const { PHASE } = require('next/constants')\n\nmodule.exports = (phase, { defaultConfig }) => {\n  return {\n    ${LINE}\n    swcMinify: true,\n  }\n}\n`,
  ],
  [
    'a function with one object for each phase',
    'export default async function config(phase) {\n  if (phase === DEV) {\n    return { a: 1 }\n  }\n  const other = {\n    b: [1].map((x) => { return {} }),\n  }\n  return other\n}\n',
    `export default async function config(phase) {\n  if (phase === DEV) {\n    return { ${IN_LINE}, a: 1 }\n  }\n  const other = {\n    ${LINE}\n    b: [1].map((x) => { return {} }),\n  }\n  return other\n}\n`,
  ],
  [
    'an arrow function of one expression',
    'export default () => ({ a: 1 })\n',
    `export default () => ({ ${IN_LINE}, a: 1 })\n`,
  ],
  [
    'a function of its own that is called',
    'function build() {\n  return { a: 1 }\n}\n\nexport default build()\n',
    `function build() {\n  return { ${IN_LINE}, a: 1 }\n}\n\nexport default build()\n`,
  ],
  [
    'wrapped',
    'const nextConfig = {\n  a: 1,\n}\n\nexport default withSentryConfig(nextConfig, { org: "acme", silent: true })\n',
    `const nextConfig = {\n  ${LINE}\n  a: 1,\n}\n\nexport default withSentryConfig(nextConfig, { org: "acme", silent: true })\n`,
  ],
  [
    'wrapped twice, by what options made',
    "const withAnalyzer = require('@next/bundle-analyzer')({ enabled: process.env.ANALYZE === 'true' })\nconst withPwa = require('next-pwa')({ dest: 'public' })\n\nmodule.exports = withAnalyzer(withPwa({\n  a: 1,\n}))\n",
    `const withAnalyzer = require('@next/bundle-analyzer')({ enabled: process.env.ANALYZE === 'true' })\nconst withPwa = require('next-pwa')({ dest: 'public' })\n\nmodule.exports = withAnalyzer(withPwa({\n  ${LINE}\n  a: 1,\n}))\n`,
  ],
  [
    'wrapped by a call of a call',
    "export default createMDX({ extension: /mdx/ })({ pageExtensions: ['mdx'] })\n",
    `export default createMDX({ extension: /mdx/ })({ ${IN_LINE}, pageExtensions: ['mdx'] })\n`,
  ],
  [
    'wrapped by a list of plugins',
    'const nextConfig = { a: 1 }\nconst plugins = [withA, withB]\nmodule.exports = () => plugins.reduce((config, plugin) => plugin(config), nextConfig)\n',
    `const nextConfig = { ${IN_LINE}, a: 1 }\nconst plugins = [withA, withB]\nmodule.exports = () => plugins.reduce((config, plugin) => plugin(config), nextConfig)\n`,
  ],
  [
    'wrapped on a condition, in place',
    'let config = { a: 1 }\nif (process.env.ANALYZE) config = withAnalyzer(config)\nmodule.exports = config\n',
    `let config = { ${IN_LINE}, a: 1 }\nif (process.env.ANALYZE) config = withAnalyzer(config)\nmodule.exports = config\n`,
  ],
  [
    'one of two',
    'const a = { a: 1 }\nconst b = {}\nexport default process.env.CI ? withX(a) : b\n',
    `const a = { ${IN_LINE}, a: 1 }\nconst b = {\n  experimental: { instrumentationHook: true } /* for hearth-metrics */,\n}\nexport default process.env.CI ? withX(a) : b\n`,
  ],
  [
    'awaited, and assigned on the way',
    'const made = { a: 1 }\nmodule.exports = exports.config = withX(made)\n',
    `const made = { ${IN_LINE}, a: 1 }\nmodule.exports = exports.config = withX(made)\n`,
  ],
  [
    'satisfies NextConfig',
    "import type { NextConfig } from 'next'\n\nexport default {\n  a: 1,\n} satisfies NextConfig\n",
    `import type { NextConfig } from 'next'\n\nexport default {\n  ${LINE}\n  a: 1,\n} satisfies NextConfig\n`,
    'next.config.ts',
  ],
  [
    'exported by a list',
    'const config = { a: 1 } as const\nexport { config as default }\n',
    `const config = { ${IN_LINE}, a: 1 } as const\nexport { config as default }\n`,
    'next.config.mts',
  ],
  [
    'on top of an imported one, which may have an experimental of its own',
    "import base from '../base.mjs'\n\nexport default {\n  ...base,\n  a: 1,\n}\n",
    "import base from '../base.mjs'\n\nexport default {\n  ...base,\n  experimental: { ...base?.experimental, instrumentationHook: true } /* for hearth-metrics */,\n  a: 1,\n}\n",
  ],
  [
    'the same in one line, the imported one last',
    "const base = require('../base')\nmodule.exports = { a: 1, ...base }\n",
    "const base = require('../base')\nmodule.exports = { a: 1, ...base, experimental: { ...base?.experimental, instrumentationHook: true } /* for hearth-metrics */ }\n",
  ],
  [
    'on top of one in sight, and of a condition, which have none',
    "const base = { a: 1 }\nmodule.exports = {\n  ...base,\n  ...(process.env.CI ? { output: 'standalone' } : {}),\n  ...(process.env.X && { b: 2 }),\n}\n",
    `const base = { a: 1 }\nmodule.exports = {\n  ${LINE}\n  ...base,\n  ...(process.env.CI ? { output: 'standalone' } : {}),\n  ...(process.env.X && { b: 2 }),\n}\n`,
  ],
  [
    'an experimental that spreads',
    'export default {\n  experimental: {\n    ...flags,\n    ppr: true,\n  },\n}\n',
    'export default {\n  experimental: {\n    ...flags,\n    instrumentationHook: true /* for hearth-metrics */,\n    ppr: true,\n  },\n}\n',
  ],
  [
    'line breaks of Windows, and tabs',
    'module.exports = {\r\n\ta: 1,\r\n};\r\n',
    `module.exports = {\r\n\t${LINE}\r\n\ta: 1,\r\n};\r\n`,
  ],
]

const cases = rows.map(([sentence, before, after, path = 'next.config.js']) => ({ sentence, before, after, path }))

describe.each(cases)('$sentence', ({ before, after, path }) => {
  test('becomes', () => {
    expect(wireNextConfig(before, path)).toBe(after)
  })

  test('has the flag then, and stays so', () => {
    expect(isFlagSet(before, path)).toBe(false)
    expect(isFlagSet(after, path)).toBe(true)
    expect(wireNextConfig(after, path)).toBe(after)
  })

  test('is given back to the byte', () => {
    expect(unwireNextConfig(after, path)).toBe(before)
  })
})

test.each(cases)('with other line breaks and indentation as well: $sentence', ({ before, path }) => {
  for (const text of [before.replaceAll(/\r?\n/g, '\r\n'), before.trimEnd(), before.replaceAll('\n  ', '\n\t')]) {
    expect(unwireNextConfig(wireNextConfig(text, path), path)).toBe(text)
  }
})

test.each([
  ['an imported one', "import config from './base.mjs'\nexport default config\n", "can't be followed"],
  ['no export', 'const config = {}\n', "can't be followed"],
  ['one that is made elsewhere', 'module.exports = require("@acme/next")()\n', "can't be followed"],
  ['a later object that wins', 'module.exports = Object.assign({}, base, { a: 1 })\n', "can't be followed"],
  [
    'the flag switched off',
    'module.exports = { experimental: { instrumentationHook: false } }\n',
    'something else than true',
  ],
  [
    'the flag on a condition',
    'const experimental = { instrumentationHook: isProd }\nmodule.exports = { experimental }\n',
    'something else',
  ],
  [
    'experimental assigned later',
    'const c = {}\nc.experimental = { ppr: true }\nmodule.exports = c\n',
    'assigns to experimental',
  ],
  [
    'an imported experimental',
    "import { experimental } from './x'\nexport default { experimental }\n",
    'no object of this file',
  ],
  [
    'a spread over experimental',
    'module.exports = { experimental: {}, ...base }\n',
    'spreads an object over experimental',
  ],
  ['a spread of a call', 'module.exports = { ...base() }\n', 'spreads what may have'],
  ['no JavaScript', 'module.exports = {\n', "can't be parsed"],
])('%s is left to the person', (_sentence, text, why) => {
  expect(() => wireNextConfig(text, 'next.config.js')).toThrow(why)
})

test('a flag of the app’s own is left where it is', () => {
  const text = 'module.exports = { experimental: { instrumentationHook: true } }\n'
  expect(isFlagSet(text, 'next.config.js')).toBe(true)
  expect(unwireNextConfig(text, 'next.config.js')).toBe(text)
  expect(isFlagSet('const c = {}\nc.experimental.instrumentationHook = true\n', 'next.config.js')).toBe(true)
})

test('a line of ours to which somebody has added is left to the person', () => {
  const text =
    'module.exports = {\n  experimental: { instrumentationHook: true, ppr: true }, // for hearth-metrics\n}\n'
  expect(() => unwireNextConfig(text, 'next.config.js')).toThrow('has more than ours')
})

test('the file of an app that has none is gone when it is taken out', () => {
  const text = newNextConfig(DEFAULT_STYLE)
  expect(isFlagSet(text, 'next.config.mjs')).toBe(true)
  expect(unwireNextConfig(text, 'next.config.mjs')).toBeUndefined()
})

test('the extensions of pages are read, where they are in sight', () => {
  const text = "const nextConfig = { pageExtensions: ['page.tsx', 'page.ts'] }\nexport default withX(nextConfig)\n"
  expect(pageExtensions(text, 'next.config.mjs')).toEqual(['page.tsx', 'page.ts'])
  expect(pageExtensions('export default {}\n', 'next.config.mjs')).toBeUndefined()
})
