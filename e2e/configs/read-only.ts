// A folder in which nothing can be written, as in a container with a read-only file system and a user who is not root.
import { spawnSync } from 'node:child_process'

const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

/**
 * What Node is run by for that: as root a mount of the folder in a namespace of its own, and another user where Node lies so that
 * others can run it. Elsewhere the folder is closed to its owner as well, until `open` is called, and Node runs as it is.
 */
export function readOnly(folder: string): { by: readonly string[]; open(): void } {
  if (process.getuid?.() === 0) {
    const mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'
    const [program = '', ...args] = NOBODY
    const canOthers = spawnSync(program, [...args, process.execPath, '--version']).status === 0
    return { by: ['unshare', '--mount', 'sh', '-c', mount, folder, ...(canOthers ? NOBODY : [])], open: () => {} }
  }
  chmod('a-w', folder)
  return { by: [], open: () => chmod('u+w', folder) }
}

function chmod(mode: string, folder: string): void {
  const { status } = spawnSync('chmod', ['-R', mode, folder])
  if (status !== 0) throw new Error(`expected chmod ${mode} to be done with ${folder}, it ended with ${status}`)
}
