import { expect, it } from 'vitest'
import type { Labels } from '../exposition/snapshot'
import { requireLabelsWithin } from './label-limits'

const LIMITS = { labelLimit: 6, labelNameLengthLimit: 50, labelValueLengthLimit: 50 }

function check(name: string, labels: Labels): void {
  requireLabelsWithin('fine', {}, LIMITS)
  requireLabelsWithin(name, labels, LIMITS)
}

const n60 = 'n'.repeat(60)
const v50 = 'v'.repeat(50)

/** The words of Prometheus 3.5, asked with the same limits and the same series. */
it.each<[string, string, Labels, string]>([
  [
    'labels',
    'a',
    Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`l${i}`, 'v'])),
    'label_limit exceeded (metric: a, number of labels: 13, limit: 6)',
  ],
  [
    "bytes of a label's name",
    'a',
    { [n60]: 'v' },
    `label_name_length_limit exceeded (metric: a, label name: ${n60.slice(0, 50)}, length: 60, limit: 50)`,
  ],
  [
    "bytes of a label's value",
    'a',
    { x: `${'v'.repeat(60)}é` },
    `label_value_length_limit exceeded (metric: a, label name: x, value: "${v50}", length: 62, limit: 50)`,
  ],
  [
    "bytes of the metric's name",
    n60,
    {},
    `label_value_length_limit exceeded (metric: ${n60.slice(0, 50)}, label name: __name__, value: "${n60.slice(0, 50)}", length: 60, limit: 50)`,
  ],
])('a series may have only so many %s', (_, name, labels, message) => {
  expect(() => check(name, labels)).toThrow(new Error(message))
})

it.each<[string, Labels]>([
  ['as many labels as the limit, with those that it gets here', { job: 'x', instance: 'y', b: 'c' }],
  ['any number of empty labels, which are none', { x: '', y: '', z: '', w: '', u: '' }],
  ['names and values as long as the limit', { [n60.slice(0, 50)]: v50, b: 'é'.repeat(25) }],
])('a series may have %s', (_, labels) => {
  expect(() => check('a', labels)).not.toThrow()
})
