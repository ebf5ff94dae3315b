// What an answer to a hostile question is: an answer, a refusal in words, or a fault.
import type { Question } from './question'

/**
 * `limited`: refused in words that name a limit. `refused`: in words, for another reason, such as what is wrong with the
 * question. `left`: the client didn't wait. `late`: nothing came in time. `fault`: everything else.
 */
export const RESULTS = ['answered', 'limited', 'refused', 'left', 'late', 'fault'] as const
export type Result = (typeof RESULTS)[number]

export type Outcome = {
  result: Result
  /** 0 where there was no answer. */
  status: number
  /** Why it was refused, or what is wrong. */
  words: string
}

export type Answer = {
  status: number
  type: string
  /** The beginning of the body. */
  text: string
}

/** What is said of limits, by Prometheus and by this app. */
const LIMIT =
  /\blimit(?! must)|\btoo[ _](many|much|large|long|big|deep)|\bexceed|\bat most\b|\bno more than\b|\b(longer|larger|deeper|more) than\b|\blevels\b|\btimed? ?out\b|\bin time\b|\bmaximum\b|\boverflow|\bwithin [\d.]+ s/i
/** Node answers so itself, where a head is longer than it reads. */
const HEAD_TOO_LONG = 431
const HEAD_TOO_LONG_WORDS = 'the head is too long for Node'
const LONG_HEAD = 15_000
const SERVER_BUSY = 503
const LONGEST_WORDS = 300

/** Of a connection that broke. Node closes one whose head is too long, and what it says then may be lost. */
export function judgeBroken({ path }: Pick<Question, 'path'>, words: string): Outcome {
  if (path.length > LONG_HEAD) return { result: 'limited', status: 0, words: HEAD_TOO_LONG_WORDS }
  return { result: 'fault', status: 0, words: `connection: ${words}` }
}

/** Of an answer that came whole. */
export function judge(question: Pick<Question, 'door' | 'path'>, answer: Answer): Outcome {
  const { status, text, type } = answer
  const outcome = (result: Result, words: string): Outcome => ({ result, status, words })
  if (status >= 200 && status < 400) {
    const wrong = status === 200 ? wrongIn(question, answer) : ''
    return wrong === '' ? outcome('answered', '') : outcome('fault', wrong)
  }
  if (status === HEAD_TOO_LONG && question.path.length > LONG_HEAD) return outcome('limited', HEAD_TOO_LONG_WORDS)
  const words = wordsOf(question, answer)
  if (words === '' || (status >= 500 && status !== SERVER_BUSY) || status < 400) {
    return outcome('fault', `${status} ${type}: ${text.slice(0, LONGEST_WORDS)}`)
  }
  return outcome(namesLimit(words) ? 'limited' : 'refused', words)
}

/** Of a stream's beginning: undefined as long as it says nothing. */
export function judgeStream(text: string): Outcome | undefined {
  if (text.includes('event: serialized-error')) {
    const words = stringIn(text, 'message')
    return { result: namesLimit(words) ? 'limited' : 'refused', status: 200, words }
  }
  return text.includes('"timesMs"') ? { result: 'answered', status: 200, words: '' } : undefined
}

/** What is quoted is the question's own. */
export function namesLimit(words: string): boolean {
  return LIMIT.test(words.replace(/"(?!too_big")[^"]*"/g, '""'))
}

function wrongIn({ door }: Pick<Question, 'door'>, { text, type }: Answer): string {
  if (door === 'prometheus' && !text.startsWith('{"status":"success","data":'))
    return `no success: ${text.slice(0, 100)}`
  if (door === 'trpc' && !type.includes('json') && !type.includes('event-stream')) return `tRPC answered with ${type}`
  return ''
}

/** '' where a refusal has no words for programs. */
function wordsOf({ door }: Pick<Question, 'door'>, { status, text, type }: Answer): string {
  // tRPC names no type where it refuses a request as a whole.
  if (door === 'trpc') return /^[[{]/.test(text) ? stringIn(text, 'message') : ''
  if (type.includes('json')) return stringIn(text, 'error')
  const isPlain = type.startsWith('text/plain') && (door === 'metrics' || status === 404 || status === 405)
  return isPlain ? text.trim().slice(0, LONGEST_WORDS) : ''
}

/** The beginning of the first string of that name in JSON, which need not be whole. */
function stringIn(json: string, name: string): string {
  const words = new RegExp(`"${name}":"((?:[^"\\\\]|\\\\.){1,${LONGEST_WORDS}})`).exec(json)?.[1] ?? ''
  return words.replaceAll('\\"', '"').replaceAll('\\n', ' ').trim()
}
