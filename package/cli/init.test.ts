// The command as a person runs it, in whole apps of each kind: what it writes and where, that a second time changes nothing,
// that taking out gives back every byte, and what it says when it can't go on. Nothing is installed.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { version } from '../../package.json'
import type { Terminal } from './init'
import { main } from './init'

type Tree = Record<string, string>

const manifest = (next = '16.0.0', more: Record<string, unknown> = {}) =>
  `${JSON.stringify({ name: 'app', ...more, dependencies: { next, react: '19' } }, null, 2)}\n`
const wiredManifest = (next = '16.0.0', more: Record<string, unknown> = {}) =>
  `${JSON.stringify({ name: 'app', ...more, dependencies: { 'hearth-metrics': `^${version}`, next, react: '19' } }, null, 2)}\n`

const line = "export { register, onRequestError } from 'hearth-metrics'\n"
const ignored = '# hearth-metrics: the history of the dashboard\n.hearth/\n'
const page = 'export default function Page() {\n  return null\n}\n'
const git = { '.git/HEAD': 'ref: refs/heads/main\n' }

let root = ''
let printed: string[] = []
let ran: string[] = []

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'hearth-init-')))
  printed = []
  ran = []
})
afterEach(() => rmSync(root, { recursive: true }))

function grow(tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

function tree(): Tree {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return Object.fromEntries(
    files.map((one) => {
      const path = join(one.parentPath, one.name)
      return [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]
    }),
  )
}

/** Runs the command in a folder of the tree, and gives its exit status. What it said is in `printed`. */
async function run(args: string, folder = '.', terminal: Partial<Terminal> = {}): Promise<number> {
  printed = []
  return main(args.split(' ').filter(Boolean), {
    folder: join(root, folder),
    print: (text) => printed.push(text),
    printError: (text) => printed.push(text),
    ask: undefined,
    isColoured: false,
    run: (program, given, where) => {
      ran.push(`${[program, ...given].join(' ')} in ${relative(root, where) || '.'}`)
      return 0
    },
    ...terminal,
  })
}

const said = () => printed.join('\n')

/** [what the app is like, its files, the files that are new or other afterwards, the line that it says first, the folder] */
type Row = readonly [sentence: string, before: Tree, changed: Tree, app: string, folder?: string]

const apps: Row[] = [
  [
    'a fresh app with the App Router and TypeScript',
    {
      ...git,
      'package.json': manifest(),
      'package-lock.json': '{}',
      'tsconfig.json': '{}',
      'app/page.tsx': page,
      '.gitignore': 'node_modules/\n',
    },
    { 'package.json': wiredManifest(), 'instrumentation.ts': line, '.gitignore': `node_modules/\n\n${ignored}` },
    'Next.js 16.0.0, App Router, TypeScript, npm',
  ],
  [
    'src, pnpm, double quotes and semicolons, without a .gitignore',
    {
      ...git,
      'package.json': manifest('^15.1.0'),
      'pnpm-lock.yaml': '',
      'tsconfig.json': '{}',
      'src/app/layout.tsx': 'import x from "x";\n\nexport default function Layout() {\n  return x;\n}\n',
    },
    {
      'package.json': wiredManifest('^15.1.0'),
      'src/instrumentation.ts': 'export { register, onRequestError } from "hearth-metrics";\n',
      '.gitignore': ignored,
    },
    'Next.js ^15.1.0, App Router, TypeScript, pnpm',
  ],
  [
    'the Pages Router in JavaScript with Yarn by packageManager, without git',
    { 'package.json': manifest('latest', { packageManager: 'yarn@1.22.22' }), 'pages/index.js': page },
    { 'package.json': wiredManifest('latest', { packageManager: 'yarn@1.22.22' }), 'instrumentation.js': line },
    'Next.js latest (taken for 16), Pages Router, JavaScript, yarn',
  ],
  [
    'Next 14 with both routers in src, and Bun; what is installed counts more than the range',
    {
      'package.json': manifest('*'),
      'bun.lock': '',
      'src/app/page.js': page,
      'src/pages/old.js': page,
      'next.config.js': 'module.exports = withX({\n  a: 1,\n})\n',
      'node_modules/next/package.json': '{ "version": "14.2.35" }',
    },
    {
      'package.json': wiredManifest('*'),
      'src/instrumentation.js': line,
      'next.config.js':
        'module.exports = withX({\n  experimental: { instrumentationHook: true }, // for hearth-metrics\n  a: 1,\n})\n',
    },
    'Next.js 14.2.35, App Router and Pages Router, JavaScript, bun',
  ],
  [
    'Next 14 without a configuration',
    { 'package.json': manifest('14.0.0'), 'app/page.js': page },
    {
      'package.json': wiredManifest('14.0.0'),
      'instrumentation.js': line,
      'next.config.mjs':
        "/** @type {import('next').NextConfig} */\nconst nextConfig = {\n  experimental: { instrumentationHook: true }, // for hearth-metrics\n}\n\nexport default nextConfig\n",
    },
    'Next.js 14.0.0, App Router, JavaScript, npm',
  ],
  [
    'the Pages Router below a basePath in src, from a folder in a folder of its API',
    {
      'package.json': manifest('15.5.0'),
      'tsconfig.json': '{}',
      'next.config.mjs': "export default { basePath: '/shop', trailingSlash: true }\n",
      'src/pages/index.tsx': page,
      'src/pages/api/admin/orders.ts': 'export default function handler() {}\n',
    },
    { 'package.json': wiredManifest('15.5.0'), 'src/instrumentation.ts': line },
    'Next.js 15.5.0, Pages Router, TypeScript, npm',
    'src/pages/api/admin',
  ],
  [
    'an app of a workspace, from a folder deep inside it, its lock file and .gitignore at the root',
    {
      ...git,
      'package.json': '{ "private": true }',
      'pnpm-workspace.yaml': 'packages: [apps/*]\n',
      'pnpm-lock.yaml': '',
      '.gitignore': 'node_modules/',
      'apps/web/package.json': manifest('catalog:'),
      'apps/web/tsconfig.json': '{}',
      'apps/web/src/app/users/page.tsx': page,
    },
    {
      'apps/web/package.json': wiredManifest('catalog:'),
      'apps/web/src/instrumentation.ts': line,
      '.gitignore': `node_modules/\n\n${ignored}`.slice(0, -1),
    },
    'Next.js catalog: (taken for 16), App Router, TypeScript, pnpm',
    'apps/web/src/app/users',
  ],
  [
    'an app without a package.json of its own, as Nx has them',
    {
      'package.json': manifest(),
      'package-lock.json': '{}',
      'apps/web/next.config.js': 'module.exports = {}\n',
      'apps/web/app/page.jsx': page,
    },
    { 'package.json': wiredManifest(), 'apps/web/instrumentation.js': line },
    'Next.js 16.0.0, App Router, JavaScript, npm',
    'apps/web',
  ],
  [
    'page extensions, of which the name of instrumentation wants one',
    {
      'package.json': manifest(),
      'tsconfig.json': '{}',
      'next.config.ts': "export default { pageExtensions: ['page.tsx', 'page.ts'] }\n",
      'pages/index.page.tsx': page,
    },
    { 'package.json': wiredManifest(), 'instrumentation.page.ts': line },
    'Next.js 16.0.0, Pages Router, TypeScript, npm',
  ],
  [
    'an instrumentation in JavaScript that passes on from a file beside it',
    {
      'package.json': manifest(),
      'app/page.js': page,
      'instrumentation.js': "export * from './otel'\n",
      'otel/index.js': 'export const onRequestError = () => {}\n',
    },
    {
      'package.json': wiredManifest(),
      'instrumentation.js': `export * from './otel'

// Added by "npx hearth-metrics init": both hooks run, even if one fails.
async function onRequestErrorWithHearth(...report) {
  try {
    const hearth = await import('hearth-metrics')
    await hearth.onRequestError(...report)
  } finally {
    const own = await import('./otel')
    await own.onRequestError(...report)
  }
}

export { onRequestErrorWithHearth as onRequestError }

export { register } from 'hearth-metrics'
`,
    },
    'Next.js 16.0.0, App Router, JavaScript, npm',
  ],
]
const cases = apps.map(([sentence, before, changed, app, folder = '.']) => ({ sentence, before, changed, app, folder }))

describe.each(cases)('$sentence', ({ before, changed, app, folder }) => {
  test('is wired, once, and given back to the byte', async () => {
    grow(before)
    expect(await run('init --check', folder)).toBe(1)
    expect(await run('init --yes --no-install', folder)).toBe(0)
    expect(said()).toContain(app)
    expect(said()).toContain('http://127.0.0.1:9464')
    expect(tree()).toEqual({ ...before, ...changed })

    expect(await run('init --yes', folder)).toBe(0)
    expect(said()).toContain('Everything is in place already: nothing to change.')
    expect(tree()).toEqual({ ...before, ...changed })
    expect(ran).toEqual([])

    expect(await run('init --check', folder)).toBe(1)
    expect(said().match(/^missing/gm)).toHaveLength(1)
    expect(said()).toContain('hearth-metrics is not in node_modules')
    grow({ 'node_modules/hearth-metrics/package.json': '{}' })
    expect(await run('init --check', folder)).toBe(0)
    rmSync(join(root, 'node_modules/hearth-metrics'), { recursive: true })

    expect(await run('init --remove --yes --no-install', folder)).toBe(0)
    expect(tree()).toEqual(before)
    expect(await run('init --remove --yes', folder)).toBe(0)
    expect(said()).toContain('there is nothing to remove')
    expect(tree()).toEqual(before)
    expect(ran).toEqual([])
  })
})

const app = { 'package.json': manifest(), 'app/page.tsx': page }

test.each([
  ['where there is no package.json', {}, '', 'There is no package.json in'],
  ['where it is no JSON', { ...app, 'package.json': '{ "name": ' }, '', "package.json can't be read: "],
  ['where it is a list', { ...app, 'package.json': '[]' }, '', 'holds no object'],
  ['where Next is no dependency', { 'package.json': '{}' }, '', 'There is no next among the dependencies of'],
  ['on Next 13', { ...app, 'package.json': manifest('~13.4.0') }, '', 'This app has Next ~13.4.0. Next 14 or newer'],
  ['without pages', { 'package.json': manifest() }, '', 'There is neither an app nor a pages folder'],
  [
    'in the root of a workspace',
    {
      'package.json': '{ "workspaces": ["apps/*"] }',
      'apps/shop/package.json': manifest(),
      'apps/shop/app/page.tsx': page,
      'apps/web/package.json': manifest(),
      'apps/web/src/pages/index.tsx': page,
      'packages/ui/package.json': manifest(),
    },
    '',
    'is the root of a workspace, and no Next app itself. Found below it:\n  apps/shop\n  apps/web\nFor example: cd apps/shop',
  ],
  ['for an unknown option', app, '--frce', "Unknown option '--frce'. Expected --yes, --check, --remove,"],
  ['for an option without its value', app, '--package', "Option '--package <value>' argument missing. Expected --yes"],
  ['for a value too many', app, '--yes=1', "Option '-y, --yes' does not take an argument. Expected --yes"],
  ['for an argument', app, 'here', 'Expected only options after init, got here.'],
  ['for two options that exclude each other', app, '--check --remove', 'Use either --check or --remove, not both.'],
  ['for a package to remove', app, '--remove --package x', 'Use --package without --check and --remove.'],
  [
    'for a tarball that is not there',
    app,
    '--package ./x.tgz',
    '--package: expected a version or an existing file, and ',
  ],
])('it says what is wrong %s, and changes nothing', async (_sentence, before: Tree, args, words) => {
  grow(before)
  expect(await run(`init ${args}`)).toBe(1)
  expect(said()).toContain(words)
  expect(tree()).toEqual(before)
})

test('an unknown command is named, and help is given without one', async () => {
  expect(await run('start')).toBe(1)
  expect(said()).toBe('Unknown command start. Expected init.')
  expect(await run('')).toBe(0)
  expect(said()).toContain('Usage: npx hearth-metrics init')
  expect(await run('init --help')).toBe(0)
  expect(said()).toContain('--no-install')
  expect(await run('--version')).toBe(0)
  expect(said()).toBe(version)
})

test('where nobody can be asked, the changes are shown and not made', async () => {
  grow(app)
  expect(await run('init')).toBe(1)
  expect(said()).toContain(`+    "hearth-metrics": "^${version}",`)
  expect(said()).toContain('--- /dev/null\n+++ instrumentation.js\n')
  expect(said()).toContain('Nothing was written, as there is no terminal to ask. Add --yes to write these changes.')
  expect(tree()).toEqual(app)
})

test('who is asked and says no has nothing changed', async () => {
  grow(app)
  expect(await run('init', '.', { ask: async () => false })).toBe(1)
  expect(said()).toContain('Nothing was changed.')
  expect(tree()).toEqual(app)
})

test('who says yes has it written and installed, by the package manager of the app', async () => {
  grow({ ...app, 'pnpm-lock.yaml': '', 'x-1.0.0.tgz': '' })
  expect(await run('init --package ../x-1.0.0.tgz', 'app', { ask: async () => true })).toBe(0)
  expect(tree()['package.json']).toContain('"hearth-metrics": "file:x-1.0.0.tgz"')
  expect(ran).toEqual(['pnpm i in .'])
  expect(await run('init --yes --package 9.9.9')).toBe(0)
  expect(tree()['package.json']).toContain('"hearth-metrics": "9.9.9"')
})

test('an install that fails is told, with what to do', async () => {
  grow(app)
  expect(await run('init --yes', '.', { run: () => 7 })).toBe(1)
  expect(said()).toContain('The files are written, but "npm i" failed (exit status 7): run it again.')
})

test('a file that changes while the question waits is not overwritten', async () => {
  grow(app)
  const ask = async () => {
    grow({ 'package.json': manifest('17.0.0') })
    return true
  }
  expect(await run('init', '.', { ask })).toBe(1)
  expect(said()).toContain('package.json has changed in the meantime. Nothing was written')
  expect(tree()).toEqual({ ...app, 'package.json': manifest('17.0.0') })
})

test('a configuration that can’t be changed safely is left to the person, and the rest is done', async () => {
  const before = { ...app, 'package.json': manifest('14.2.0'), 'next.config.js': "module.exports = require('./x')\n" }
  grow(before)
  expect(await run('init --yes --no-install')).toBe(1)
  expect(said()).toContain("next.config.js makes its configuration in a way that can't be followed")
  expect(said()).toContain('  Add by hand: experimental: { instrumentationHook: true }')
  expect(tree()).toEqual({ ...before, 'package.json': wiredManifest('14.2.0'), 'instrumentation.js': line })
  expect(await run('init --check')).toBe(1)
  expect(said()).toContain("missing  next.config.js doesn't set experimental.instrumentationHook")
})

test('an instrumentation that Next doesn’t read is pointed at', async () => {
  grow({ 'package.json': manifest(), 'src/app/page.js': page, 'instrumentation.js': 'export function register() {}\n' })
  expect(await run('init --yes --no-install')).toBe(0)
  expect(said()).toContain(
    'Next does not read instrumentation.js. Expected it beside app or pages: src/instrumentation.js',
  )
  expect(tree()['src/instrumentation.js']).toBe(line)
  expect(await run('init --check')).toBe(1)
})

test('what a person wired by hand is enough, and is not taken out', async () => {
  const byHand =
    "import { register, onRequestError } from 'hearth-metrics'\nexport { register, onRequestError, x }\nconst x = 1\n"
  grow({ ...app, 'package.json': wiredManifest(), 'instrumentation.js': byHand })
  expect(await run('init --yes')).toBe(0)
  expect(said()).toContain('Everything is in place already')
  expect(await run('init --remove --yes --no-install')).toBe(1)
  expect(said()).toContain('instrumentation.js takes hearth-metrics in a way of its own, so it was not changed.')
  expect(tree()).toEqual({ ...app, 'instrumentation.js': byHand })
})

test('one hook that is wired by hand is not wired twice', async () => {
  const byHand = "import { register } from 'hearth-metrics'\nexport { register }\n"
  grow({ ...app, 'instrumentation.js': byHand })
  expect(await run('init --yes --no-install')).toBe(1)
  expect(said()).toContain('Pass onRequestError on as well.')
  expect(tree()['instrumentation.js']).toBe(byHand)
})

test('files that go on to use it are named, and it is not out yet', async () => {
  const users = {
    'app/hearth/[[...path]]/route.js': "export { GET } from 'hearth-metrics/next'\n",
    'lib/orders.js': 'const { counter } = require("hearth-metrics/metrics")\n',
    'lib/other.js': "import x from 'hearth-metrics-of-somebody'\nimport y from './hearth-metrics'\n",
    'node_modules/x/index.js': "import 'hearth-metrics'\n",
  }
  grow({ ...app, ...users })
  await run('init --yes --no-install')
  expect(await run('init --remove --yes --no-install')).toBe(1)
  expect(said()).toContain(
    'These files use hearth-metrics too, and fail without it. Remove it there by hand:\n  app/hearth/[[...path]]/route.js\n  lib/orders.js\n',
  )
  expect(said()).not.toContain('other.js')
  expect(said()).toContain('Hearth is not removed yet')
  expect(said()).not.toContain('Hearth is removed from this app')
  expect(await run('init --remove --yes --no-install')).toBe(1)
  for (const path of Object.keys(users)) rmSync(join(root, path))
  expect(await run('init --remove --yes --no-install')).toBe(0)
})

test('so is a script of package.json that loads it', async () => {
  grow({
    ...app,
    'package.json': manifest('16.0.0', { scripts: { start: 'node --import hearth-metrics/register a.js' } }),
  })
  expect(await run('init --remove --yes')).toBe(1)
  expect(said()).toContain('Remove it there by hand:\n  package.json')
})

test('Next 14 has no hook for errors, so it is wired without', async () => {
  grow({
    ...app,
    'package.json': wiredManifest('14.2.0'),
    'instrumentation.js': "export { register } from 'hearth-metrics'\n",
    'next.config.mjs': 'export default { experimental: { instrumentationHook: true } }\n',
    'node_modules/hearth-metrics/package.json': '{}',
  })
  expect(await run('init --check')).toBe(0)
  expect(said()).toContain('ok       instrumentation.js passes register to Hearth')
  expect(said()).toContain('ok       next.config.mjs sets experimental.instrumentationHook')
  expect(await run('init --yes')).toBe(0)
  expect(said()).toContain('Everything is in place already')
})

test('a file that is no UTF-8 is not touched', async () => {
  grow(app)
  const bytes = Buffer.from([0x2f, 0x2f, 0xff, 0x0a])
  writeFileSync(join(root, 'instrumentation.js'), bytes)
  expect(await run('init --yes')).toBe(1)
  expect(said()).toContain('instrumentation.js is no UTF-8')
  expect(readFileSync(join(root, 'instrumentation.js'))).toEqual(bytes)
})
