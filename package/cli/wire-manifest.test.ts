// package.json and .gitignore: what they become, that a second time changes nothing, and that taking out gives back the bytes.
import { describe, expect, test } from 'vitest'
import { addIgnored, isIgnored, newGitignore, removeIgnored } from './wire-gitignore'
import { addDependency, removeDependency } from './wire-manifest'

describe.each([
  [
    'between its neighbours',
    '{\n  "dependencies": {\n    "express": "^5.0.0",\n    "next": "16.0.0"\n  }\n}\n',
    '{\n  "dependencies": {\n    "express": "^5.0.0",\n    "hearth-metrics": "^0.1.0",\n    "next": "16.0.0"\n  }\n}\n',
  ],
  [
    'first, with tabs',
    '{\n\t"dependencies": {\n\t\t"next": "16.0.0"\n\t}\n}',
    '{\n\t"dependencies": {\n\t\t"hearth-metrics": "^0.1.0",\n\t\t"next": "16.0.0"\n\t}\n}',
  ],
  [
    'last, with line breaks of Windows and a byte order mark',
    '\uFEFF{\r\n  "dependencies": {\r\n    "a": "1"\r\n  }\r\n}\r\n',
    '\uFEFF{\r\n  "dependencies": {\r\n    "a": "1",\r\n    "hearth-metrics": "^0.1.0"\r\n  }\r\n}\r\n',
  ],
  ['in one line', '{"dependencies":{"a":"1"}}', '{"dependencies":{"a":"1","hearth-metrics": "^0.1.0"}}'],
  ['into none', '{ "dependencies": {} }', '{ "dependencies": {"hearth-metrics": "^0.1.0"} }'],
  [
    'where there are no dependencies',
    '{\n  "name": "x"\n}\n',
    '{\n  "name": "x",\n  "dependencies": {\n    "hearth-metrics": "^0.1.0"\n  }\n}\n',
  ],
])('a dependency comes %s', (_sentence, before, after) => {
  test('and goes', () => {
    expect(addDependency(before, 'hearth-metrics', '^0.1.0')).toBe(after)
    expect(addDependency(after, 'hearth-metrics', '^0.1.0')).toBe(after)
    expect(removeDependency(after, 'hearth-metrics')).toBe(before)
    expect(removeDependency(before, 'hearth-metrics')).toBe(before)
  })
})

test('a dependency gets another specifier in its place', () => {
  const text = '{ "dependencies": { "hearth-metrics": "^0.1.0", "next": "16" } }'
  expect(addDependency(text, 'hearth-metrics', 'file:../x.tgz')).toBe(text.replace('^0.1.0', 'file:../x.tgz'))
})

test.each([
  ['one with a line break at its end', 'node_modules/\n.next/\n'],
  ['one without', 'node_modules/\n.next/'],
  ['one of Windows', 'node_modules/\r\n.next/\r\n'],
  ['one with an empty line at its end', 'node_modules/\n\n'],
  ['an empty one', ''],
])('a .gitignore is extended and given back: %s', (_sentence, before) => {
  const after = addIgnored(before)
  expect(isIgnored(before)).toBe(false)
  expect(isIgnored(after)).toBe(true)
  expect(after.startsWith(before)).toBe(true)
  expect(removeIgnored(after)).toBe(before)
  expect(removeIgnored(`${after}${before ? '' : '\n'}dist/\n`)).toContain('dist/')
})

test.each(['.hearth', '.hearth/', '/.hearth/', '**/.hearth', '.hearth/*', '.hearth/  '])(
  '%s ignores it as well',
  (line) => {
    const text = `node_modules\n${line}\n`
    expect(isIgnored(text)).toBe(true)
    expect(removeIgnored(text)).toBe(text)
  },
)

test('a .gitignore of ours alone is gone when it is taken out', () => {
  expect(removeIgnored(newGitignore())).toBeUndefined()
})
