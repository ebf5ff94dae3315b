// What the palette offers for the words that are typed: pages, boards, routes, metrics, targets, and the words as a query.
export const KINDS = ['Pages', 'Boards', 'Targets', 'Routes', 'Metrics', 'Query'] as const

export type Kind = (typeof KINDS)[number]

/** `about` stands beside the name. */
export type Choice = { kind: Kind; name: string; about: string; href: string }

/** Of each kind, and where nothing is typed. */
export const MOST_OF_KIND = 8
const MOST_UNASKED = 4

/** Those that have every word in their names or in what they are about; whole names come first, then names that begin so. */
export function chooseFrom(all: readonly Choice[], typed: string): Choice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const most = words.length === 0 ? MOST_UNASKED : MOST_OF_KIND
  return KINDS.flatMap((kind) =>
    all
      .flatMap((choice) => {
        const rank = choice.kind === kind ? rankOf(choice, words) : undefined
        return rank === undefined ? [] : [{ choice, rank }]
      })
      .sort((a, b) => a.rank - b.rank)
      .slice(0, kind === 'Pages' ? MOST_OF_KIND : most)
      .map(({ choice }) => choice),
  )
}

/** The less the better; undefined where a word is missing. */
function rankOf({ name, about }: Choice, words: readonly string[]): number | undefined {
  const text = name.toLowerCase()
  const all = `${text} ${about.toLowerCase()}`
  if (!words.every((word) => all.includes(word))) return undefined
  const [first = ''] = words
  if (text === words.join(' ')) return 0
  if (text.startsWith(first)) return 1
  return words.every((word) => text.includes(word)) ? 2 : 3
}

/** Whether this can only be meant as PromQL: what is asked then is the first choice, else the last. */
export function isQuery(typed: string): boolean {
  return /[({[]|\s(?:[-+*/%^]|==|!=|[<>]=?|and|or|unless|by|without)\s/.test(typed)
}
