// Numbers in the query of a demo route.

/** The whole number called `name` in the query, kept between `least` and `most`; `fallback` if there is none. */
export function bounded(url: string, name: string, fallback: number, least: number, most: number): number {
  const text = new URL(url).searchParams.get(name)
  const value = text === null ? fallback : Math.trunc(Number(text))
  return Number.isNaN(value) ? fallback : Math.min(Math.max(value, least), most)
}
