// What a host should have counted of what it was sent, and what it says that it has.
import { WITH_TOKEN } from './doors'
import type { Host, Sent } from './host'

/** How often, by `GET /orders/[id] 200`. */
export type Counts = Record<string, number>

/** The first page is asked once more at the start. */
export function expectedRequests({ requests }: Pick<Host, 'requests'>): Counts {
  return summed([{ ...requests[0], times: 1 }, ...requests], ({ method = 'GET', route, status }) => {
    return `${method} ${route} ${status}`
  })
}

/** By route and kind. */
export function expectedExceptions({ requests }: Pick<Host, 'requests'>): Counts {
  return summed(
    requests.filter(({ exception }) => exception !== undefined),
    ({ exception, route }) => `${exception} ${route}`,
  )
}

export async function countedRequests(hearth: string): Promise<Counts> {
  return readCounts(hearth, 'requests_total', ['method', 'route', 'status'])
}

export async function countedExceptions(hearth: string): Promise<Counts> {
  return readCounts(hearth, 'exceptions_total', ['kind', 'route'])
}

/** How many requests a dashboard shows in all: not the files of pages, nor Hearth itself. */
export async function shownTotal(hearth: string): Promise<number> {
  const counted = Object.entries(await countedRequests(hearth))
  const shown = counted.filter(([key]) => !/ (?:\/_next\/\*|\(hearth\)) /.test(key))
  return shown.reduce((sum, [, count]) => sum + count, 0)
}

function summed(sent: readonly Sent[], keyOf: (sent: Sent) => string): Counts {
  const counts: Counts = {}
  for (const one of sent) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + (one.times ?? 1)
  return counts
}

async function readCounts(hearth: string, metric: string, labels: readonly string[]): Promise<Counts> {
  const exposition = await (await fetch(`${hearth}/metrics`, { headers: WITH_TOKEN[0] })).text()
  const counts: Counts = {}
  for (const [, name, set = '', value] of exposition.matchAll(/^(\w+)\{(.*)\} (\S+)$/gm)) {
    if (name !== metric) continue
    const values = new Map([...set.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, text]) => [label, text]))
    const key = labels.map((label) => values.get(label)).join(' ')
    counts[key] = (counts[key] ?? 0) + Number(value)
  }
  return counts
}
