// Targets in files of Prometheus's file_sd_configs: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config
import { open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Labels } from '../exposition/snapshot'
import { authorizationOf } from '../login'
import type { TargetAddress } from '../target-list'

/** Of one file, and of the files of one entry: more are not read, and it is said. */
const FILE_LIMIT_BYTES = 4_000_000
const FILES_LIMIT = 100

/** What one look brings: a problem with a part of it is told beside what is well. */
export type Found = { targets: readonly TargetAddress[]; problem: string | undefined }

const groups = z.array(
  z.strictObject({
    targets: z.array(z.string()),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
)

type Read = { text: string; targets: readonly TargetAddress[] }

/**
 * Gives the function that reads the files of `pattern`. A file that cannot be read or understood keeps the targets that it had,
 * and the others are read. A file that is gone has none.
 */
export function readTargetFiles(pattern: string, job: string): () => Promise<Found> {
  let known = new Map<string, Read>()

  return async () => {
    const files = await filesOf(pattern)
    const problems =
      files.length > FILES_LIMIT ? [`${files.length - FILES_LIMIT} files more than ${FILES_LIMIT} are left out`] : []
    if (files.length === 0) problems.push('there is no such file')
    const read = new Map<string, Read>()
    for (const file of files.slice(0, FILES_LIMIT)) {
      const before = known.get(file)
      try {
        const text = await readText(file)
        read.set(file, text === before?.text ? before : { text, targets: parseTargetFile(text, job) })
      } catch (error) {
        if (before !== undefined) read.set(file, before)
        problems.push(`${path.basename(file)}: ${error instanceof Error ? error.message : error}`)
      }
    }
    known = read
    return { targets: [...read.values()].flatMap(({ targets }) => targets), problem: problems[0] }
  }
}

/** In the order of their names. */
async function filesOf(pattern: string): Promise<string[]> {
  const folder = path.dirname(pattern)
  const [start = '', end] = path.basename(pattern).split('*')
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new Error(`${folder} cannot be read (${error.code})`, { cause: error })
  })
  const isMeant = (name: string) =>
    end === undefined
      ? name === start
      : name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end)
  return names
    .filter(isMeant)
    .sort()
    .map((name) => path.join(folder, name))
}

async function readText(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new Error('expected a file')
    if (stat.size > FILE_LIMIT_BYTES) throw new Error(`expected at most ${FILE_LIMIT_BYTES} bytes, got ${stat.size}`)
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

/**
 * `[{"targets": ["10.0.0.7:9100"], "labels": {"job": "nodes", "env": "prod"}}]`. Of labels with two underscores before them,
 * `__scheme__`, `__metrics_path__` and `__param_<name>` count, and the others are dropped, as they are in Prometheus.
 * Throws an Error that says what was expected and what came.
 */
export function parseTargetFile(text: string, job: string): TargetAddress[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`expected JSON: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
  const parsed = groups.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
    throw new Error(`expected [{"targets": ["host:port"], "labels": {}}], but ${place || 'it'}: ${issue?.message}`)
  }
  return parsed.data.flatMap(({ labels, targets }) => targets.map((target) => addressOf(target, labels ?? {}, job)))
}

function addressOf(target: string, given: Labels, job: string): TargetAddress {
  const { __scheme__: scheme = 'http', __metrics_path__: metricsPath = '/metrics' } = given
  if (scheme !== 'http' && scheme !== 'https')
    throw new Error(`expected the __scheme__ http or https, got ${JSON.stringify(scheme)}`)
  const address = `${scheme}://${target}`
  if (target === '' || /[/?#\s]/.test(target) || !URL.canParse(address)) {
    throw new Error(`expected host:port, got ${JSON.stringify(target)}`)
  }
  const base = new URL(address)
  const url = new URL(base.origin)
  url.pathname = metricsPath
  const labels: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith('__param_')) url.searchParams.set(name.slice('__param_'.length), value)
    else if (!name.startsWith('__') && value !== '') labels[name] = value
  }
  const { instance = target.replace(/^.*@/, ''), job: named = job, ...others } = labels
  return {
    job: named,
    instance,
    url: url.href,
    authorization: authorizationOf(base),
    ...(Object.keys(others).length > 0 && { labels: others }),
  }
}
