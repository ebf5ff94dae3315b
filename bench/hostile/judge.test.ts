import { expect, test } from 'vitest'
import { judge, judgeBroken, judgeStream } from './judge'

const JSON_TYPE = 'application/json'
const refusal = (error: string) => JSON.stringify({ status: 'error', errorType: 'execution', error })
const trpcError = (message: string) => JSON.stringify([{ error: { message, code: -32600 } }])

test.each([
  ['an answer', 'prometheus', 200, JSON_TYPE, '{"status":"success","data":{', 'answered'],
  ['an answer without content', 'prometheus', 204, '', '', 'answered'],
  ['a limit', 'prometheus', 422, JSON_TYPE, refusal('query processing would load too many samples'), 'limited'],
  ['a timeout', 'prometheus', 503, JSON_TYPE, refusal('query timed out in query execution'), 'limited'],
  ['what is wrong with it', 'prometheus', 400, JSON_TYPE, refusal('parse error: unexpected ")"'), 'refused'],
  ['what is wrong with a limit', 'prometheus', 400, JSON_TYPE, refusal('invalid parameter "limit": "x"'), 'refused'],
  ['what else is wrong with a limit', 'prometheus', 400, JSON_TYPE, refusal('limit must be a number'), 'refused'],
  ['a batch that makes no sense', 'trpc', 400, 'text/plain', trpcError('Cannot mix procedure types'), 'refused'],
  ['a path that there isn’t', 'prometheus', 404, 'text/plain', '404 page not found\n', 'refused'],
  ['success of no kind', 'prometheus', 200, 'text/html', '<html>', 'fault'],
  ['a page instead of words', 'prometheus', 503, 'text/html', '<html>too many</html>', 'fault'],
  ['an error of its own', 'prometheus', 500, JSON_TYPE, refusal('too many of something'), 'fault'],
  ['no words', 'prometheus', 400, JSON_TYPE, refusal(''), 'fault'],
  ['nothing', 'prometheus', 413, '', '', 'fault'],
  [
    'a batch that is too large',
    'trpc',
    400,
    JSON_TYPE,
    trpcError('Batch size of 700 exceeds maximum of 10'),
    'limited',
  ],
  ['an input that is too long', 'trpc', 400, JSON_TYPE, trpcError('[\n {\n "code": "too_big"'), 'limited'],
  ['a batch of some answers and some errors', 'trpc', 207, JSON_TYPE, '[{"result":{}}]', 'answered'],
  [
    'too many scrapes',
    'metrics',
    503,
    'text/plain; charset=utf-8',
    '5 scrapes are in progress, which is the limit',
    'limited',
  ],
  ['a page', 'page', 200, 'text/html', '<html>', 'answered'],
  ['a page of an error', 'page', 500, 'text/html', '<html>', 'fault'],
] as const)('%s', (_, door, status, type, text, result) => {
  expect(judge({ door, path: '/' }, { status, type, text }).result).toBe(result)
})

test('a head that is too long is Node’s to refuse, and a short one isn’t', () => {
  const answer = { status: 431, type: '', text: '' }
  const long = { door: 'trpc', path: `/${'x'.repeat(16_000)}` } as const
  const short = { door: 'trpc', path: '/' } as const
  expect([judge(long, answer), judgeBroken(long, 'ECONNRESET')].map(({ result }) => result)).toEqual([
    'limited',
    'limited',
  ])
  expect([judge(short, answer), judgeBroken(short, 'ECONNRESET')].map(({ result }) => result)).toEqual([
    'fault',
    'fault',
  ])
})

test('words of a refusal are repeated, the beginning of long ones', () => {
  const answer = { status: 400, type: JSON_TYPE, text: refusal(`expected "a", got ${'x'.repeat(1000)}`).slice(0, 500) }
  const { words } = judge({ door: 'prometheus', path: '/' }, answer)
  expect(words).toMatch(/^expected "a", got x{200,290}$/)
})

test('a stream is judged by its first event', () => {
  const connected = 'event: connected\ndata: {}\n\n'
  expect(judgeStream(connected)).toBeUndefined()
  expect(judgeStream(`${connected}data: {"isReset":true,"timesMs":[1]}\nid: 1\n\n`)?.result).toBe('answered')
  const refused = 'event: serialized-error\ndata: {"message":"There are 500 streams, at most"}\n\n'
  expect(judgeStream(refused)).toEqual({ result: 'limited', status: 200, words: 'There are 500 streams, at most' })
})
