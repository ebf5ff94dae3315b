import { expect, test } from 'vitest'
import { fromLines, fromStanzas } from './debian-source.mjs'

const stanzas = `# Debian's own
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`

test('the stanza of the own release keeps its mirror and key, and gets the other suite', () => {
  expect(fromStanzas(stanzas, 'bookworm', 'forky')).toBe(`Types: deb deb-src
URIs: http://mirror.example/debian
Suites: forky
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`)
})

test('a line of the own release keeps its mirror and options, and gets the other suite', () => {
  const lines = `deb-src http://mirror.example/debian bookworm main
deb http://mirror.example/debian-security bookworm-security main
# deb http://old.example/debian bookworm main
deb [signed-by=/key.gpg arch=amd64] http://mirror.example/debian bookworm main contrib
`
  expect(fromLines(lines, 'bookworm', 'forky')).toBe(
    'deb [signed-by=/key.gpg arch=amd64] http://mirror.example/debian forky main contrib\n',
  )
})

test.each([
  ['stanzas', fromStanzas, stanzas],
  ['lines', fromLines, 'deb http://mirror.example/ubuntu jammy main\n'],
])('%s of other releases give nothing', (_form, read, text) => {
  expect(read(text, 'trixie', 'forky')).toBeUndefined()
})
