import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../../features'
import { evaluateInstant } from '../engine'
import { ask } from '../testing/ask'
import { load } from '../testing/series-notation'

const source = load(
  1000,
  `up{instance="a", job="x"} 1 1
   up{instance="b", job="x"} 1 1
   target_info{instance="a", job="x", zone="old"} 1 _
   target_info{instance="a", job="x", zone="new"} _ 1
   build_info{instance="a", job="x", version="7"} 1 1
   twice_info{instance="a", job="x", n="1"} 1 1
   twice_info{instance="a", job="x", n="2"} 1 1`,
)

describe('info', () => {
  test.each([
    ['adds the labels of target_info, the newest if there are two', 'info(up{instance="a"})', ['zone="new"']],
    ['leaves a series alone for which there is none', 'info(up{instance="b"})', ['']],
    ['drops it if a label is asked for', 'info(up, {zone=~".+"})', ['zone="new"']],
    ['keeps it if the label may be absent', 'info(up, {zone=~".*"})', ['zone="new"', '']],
    ['takes other metrics by name', 'info(up{instance="a"}, {__name__="build_info"})', ['version="7"']],
    ['takes several', 'info(up{instance="a"}, {__name__=~"(target|build)_info"})', ['version="7", zone="new"']],
    [
      'adds only the labels that were asked for',
      'info(up{instance="a"}, {__name__=~"(target|build)_info", version=~".+"})',
      ['version="7"'],
    ],
  ])('%s', async (_, expr, added) => {
    const lines = await ask(source, expr, 1000)
    expect(lines.map((line) => /job="x"(?:, )?(.*)\}/.exec(line)?.[1])).toEqual(added)
  })

  test('leaves info series themselves as they are', async () => {
    expect(await ask(source, 'info(target_info)', 1000)).toEqual(await ask(source, 'target_info', 1000))
  })

  test('refuses two that are equally new, and what is no list of matchers', async () => {
    const twice = evaluateInstant(source, 'info(up, {__name__="twice_info"})', 1000, { features: ALL_FEATURES })
    await expect(twice).rejects.toThrow('found duplicate series for info metric: existing')
    const named = evaluateInstant(source, 'info(up, target_info)', 1000, { features: ALL_FEATURES })
    const message = '1:10: parse error: expected label selectors only, got vector selector instead'
    await expect(named).rejects.toMatchObject({ message })
  })
})
