// What a board's variables can be, and what is chosen of that.
import { describe, expect, test } from 'vitest'
import { resolveVariables, withRegex } from './options'
import { readOptionQuery, readVariables } from './read-variables'

const TIMES = { rangeMs: 300_000, stepMs: 1000, scrapeIntervalMs: 1000, endMs: 1_700_000_000_000 }
const query = (name: string, text: string, more: object = {}) => ({ name, type: 'query', query: text, ...more })

/** An API that knows two jobs and their instances. */
async function ask(path: string, form: Readonly<Record<string, string>>): Promise<unknown> {
  if (path === 'label/job/values') return ['node', 'api']
  if (path === 'label/instance/values') return form['match[]']?.includes('"api"') ? ['a:1', 'a:2'] : ['n:9100']
  if (path === 'label/__name__/values') return ['up', 'node_load1']
  if (path === 'query')
    return { resultType: 'vector', result: [{ metric: { __name__: 'up', job: 'x' }, value: [1.5, '1'] }] }
  throw new Error(`unknown ${path}`)
}

async function resolve(list: object[], picks: Record<string, string[]> = {}, preferred: Record<string, string> = {}) {
  const { variables } = readVariables({ templating: { list } })
  const found = await resolveVariables({
    variables,
    picks: new Map(Object.entries(picks)),
    preferred,
    times: TIMES,
    fillTimes: (expr) => expr,
    ask,
  })
  return found.map(({ options, picked, chosen, error }) => ({
    options: options.map(({ value }) => value),
    picked,
    chosen,
    error,
  }))
}

const JOB = query('job', 'label_values(up, job)', { sort: 1 })
const INSTANCE = query('instance', 'label_values(up{job="$job"}, instance)', { multi: true, includeAll: true })

describe('what is chosen', () => {
  test.each<[string, object[], Record<string, string[]>, Record<string, string>, string[][]]>([
    ['the first, and all where that is offered', [JOB, INSTANCE], {}, {}, [['api'], ['$__all']]],
    ['the order of the list does not matter', [INSTANCE, JOB], {}, {}, [['$__all'], ['api']]],
    ['what the URL says', [JOB, INSTANCE], { job: ['node'], instance: ['n:9100'] }, {}, [['node'], ['n:9100']]],
    ['the labels of the target', [JOB, INSTANCE], {}, { job: 'node', instance: 'n:9100' }, [['node'], ['n:9100']]],
    ['the URL before the target', [JOB], { job: ['api'] }, { job: 'node' }, [['api']]],
    ['what the file says, if there is such a value', [{ ...JOB, current: { value: 'node' } }], {}, {}, [['node']]],
    ['else the first', [{ ...JOB, current: { value: 'gone' } }], {}, {}, [['api']]],
    ['one of several, where one alone may be chosen', [JOB], { job: ['node', 'api'] }, {}, [['node']]],
    ['several', [JOB, INSTANCE], { instance: ['a:1', 'a:2'] }, {}, [['api'], ['a:1', 'a:2']]],
    ['of a list', [{ name: 'c', type: 'custom', query: 'a : 1, b : 2' }], {}, {}, [['1']]],
    ['a text', [{ name: 't', type: 'textbox', query: 'x' }], { t: ['typed'] }, {}, [['typed']]],
    ['a constant', [{ name: 'k', type: 'constant', query: 'v' }], {}, {}, [['v']]],
  ])('%s', async (_, list, picks, preferred, picked) => {
    expect((await resolve(list, picks, preferred)).map((one) => one.picked)).toEqual(picked)
  })

  test('all stands for every value', async () => {
    const [, instance] = await resolve([JOB, INSTANCE])
    expect(instance?.chosen).toEqual({ values: ['a:1', 'a:2'], allValue: undefined, isAll: true, isRegex: true })
  })

  test('what can not be asked says why, and so do variables that wait for each other', async () => {
    const found = await resolve([
      query('a', 'label_values(x{b="$b"}, y)'),
      query('b', 'label_values(x{a="$a"}, y)'),
      query('c', 'label_values(z)'),
    ])
    expect(found.map(({ error }) => error)).toEqual([
      'its query depends on itself',
      'its query depends on itself',
      'unknown label/z/values',
    ])
  })

  test('names of metrics, and the answer of a query', async () => {
    const found = await resolve([
      query('m', 'metrics(node_.*)'),
      query('r', 'query_result(up)', { regex: '/job="([^"]+)"/' }),
    ])
    expect(found.map(({ options }) => options)).toEqual([['node_load1'], ['x']])
  })
})

describe('a regular expression', () => {
  test.each([
    ['without slashes is anchored', 'a.*', ['ab', 'ba'], ['ab']],
    ['with slashes is not', '/a/', ['ab', 'ba', 'c'], ['ab', 'ba']],
    ['its first group is the value', '/(\\w+):\\d+/', ['a:1', 'a:2', 'b:1'], ['a', 'b']],
    ['its group `value` before that', '/(?<text>\\w):(?<value>\\d)/', ['a:1'], ['1']],
    ['in any case', '/A/i', ['ab'], ['ab']],
  ])('%s', async (_, regex, texts, values) => {
    expect((await withRegex(texts, regex)).map(({ value }) => value)).toEqual(values)
  })

  test('one that never ends elsewhere ends here', async () => {
    expect(await withRegex([`${'a'.repeat(400)}!`], '/^(a+)+$/')).toEqual([])
  })

  test('what RE2 does not know is named', async () => {
    await expect(withRegex(['a'], '/(?=a)/')).rejects.toThrow('its regular expression is not one of RE2')
  })
})

test.each([
  ['label_values(job)', { kind: 'labelValues', match: undefined, label: 'job' }],
  ['label_values(up{a="b, c"}, job)', { kind: 'labelValues', match: 'up{a="b, c"}', label: 'job' }],
  ['label_values(sum by (a) (up), a)', { kind: 'labelValues', match: 'sum by (a) (up)', label: 'a' }],
  ['label_names()', { kind: 'labelNames' }],
  ['metrics(.*)', { kind: 'metrics', regex: '.*' }],
  ['query_result(topk(5, up))', { kind: 'queryResult', expr: 'topk(5, up)' }],
  ['up{job="a"}', { kind: 'series', match: 'up{job="a"}' }],
  ['SELECT 1', undefined],
])('%s', (text, found) => {
  expect(readOptionQuery(text)).toEqual(found)
})
