// What a series of a board from a file has otherwise than the others of its panel: the file's overrides that find it.
import { useEffect, useState } from 'react'
import type { Override } from '../_boards/own-board'
import type { LiveSeries } from '../_live/live-board'

export type Otherwise = Pick<
  Override,
  'unit' | 'hue' | 'steps' | 'mappings' | 'min' | 'max' | 'isNegative' | 'side' | 'isAlone' | 'drawAs' | 'isHidden'
>

/** Whether a regular expression of a file finds a name. */
export type Finds = (pattern: string, name: string) => boolean

type Named = Pick<LiveSeries, 'labels'> & { name: string }

/** All that fit, the later over the earlier; `name` is the one that it has then. */
export function otherwise(
  { labels, name }: Named,
  refId: string | undefined,
  overrides: readonly Override[],
  finds: Finds = () => false,
): Otherwise & { name: string } {
  const fits = ({ by, of }: Override) =>
    by === 'all' || (by === 'name' ? of === name : by === 'query' ? of === refId : finds(of, name))
  const { by: _, of: __, ...found }: Partial<Override> = Object.assign({}, ...overrides.filter(fits))
  return { ...found, name: found.name === undefined ? name : fillName(found.name, labels, name) }
}

/** Grafana's own words for a series in a display name. */
function fillName(given: string, labels: LiveSeries['labels'], name: string): string {
  return given.replace(/\$\{__(field|series)(?:\.([^}]+))?\}/g, (_, __, path: string = '') => {
    const label = /^labels(?:\.|\[["'])([^"'\]]+)/.exec(path)?.[1]
    return label === undefined ? name : (labels[label] ?? '')
  })
}

/** Names that an expression was asked about and that are remembered: as many as the series of a few panels. */
const MOST_REMEMBERED = 2_000

let loaded: Finds | undefined

/** Undefined until it is loaded, which it is once somebody needs it. RE2's time is linear: a file may be anybody's. */
export function useFinds(overrides: readonly Override[] = []): Finds | undefined {
  const isNeeded = overrides.some(({ by }) => by === 'regexp')
  const [finds, setFinds] = useState(() => loaded)
  useEffect(() => {
    if (!isNeeded || loaded !== undefined) return
    let isHere = true
    void load().then(
      (found) => isHere && setFinds(() => found),
      () => {},
    )
    return () => {
      isHere = false
    }
  }, [isNeeded])
  return finds
}

export async function load(): Promise<Finds> {
  const { RE2JS } = await import('re2js')
  const compiled = new Map<string, ReturnType<typeof RE2JS.compile> | undefined>()
  const remembered = new Map<string, boolean>()
  const compile = (pattern: string) => {
    const [, written = pattern, flags = ''] = /^\/(.*)\/([gimsuy]*)$/s.exec(pattern) ?? []
    try {
      return RE2JS.compile(written.replaceAll('(?<', '(?P<'), flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0)
    } catch {
      return undefined
    }
  }
  loaded = (pattern, name) => {
    const key = JSON.stringify([pattern, name])
    const known = remembered.get(key)
    if (known !== undefined) return known
    if (!compiled.has(pattern)) {
      if (compiled.size >= MOST_REMEMBERED) compiled.clear()
      compiled.set(pattern, compile(pattern))
    }
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    const isFound = compiled.get(pattern)?.matcher(name).find() === true
    remembered.set(key, isFound)
    return isFound
  }
  return loaded
}
