// Reads `/metrics` as a scraper without any knowledge of this app would.

/** The sum of all samples of that name which have these labels. */
export async function sumOf(url: string, name: string, labels: Record<string, string> = {}): Promise<number> {
  const exposition = await (await fetch(`${url}/metrics`)).text()
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  const values = [...exposition.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)]
    .filter(([, sample, set = '']) => sample === name && wanted.every((pair) => set.split(/,(?=\w+=")/).includes(pair)))
    .map(([, , , value]) => Number(value))
  return values.reduce((sum, value) => sum + value, 0)
}
