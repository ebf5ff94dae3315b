#!/usr/bin/env node
// The package's command: what it may do to the world, handed to `main`.
import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { main } from './init'

const { stdin, stdout } = process

process.exitCode = await main(process.argv.slice(2), {
  folder: process.cwd(),
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
  ask: stdin.isTTY && stdout.isTTY ? ask : undefined,
  isColoured: stdout.isTTY && stdout.hasColors(),
  run: (program, args, folder) => {
    const isWindows = process.platform === 'win32'
    return spawnSync(program, args, { cwd: folder, stdio: 'inherit', shell: isWindows }).status ?? 1
  },
})

/** Enter is yes; the end of the input, or an interrupt, is no. */
function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stdout })
  return new Promise((resolve) => {
    lines.on('close', () => resolve(false))
    lines.question(question, (answer) => {
      resolve(/^(|y|yes)$/i.test(answer.trim()))
      lines.close()
    })
  })
}
