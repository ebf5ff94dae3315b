import { describe, expect, it } from 'vitest'
import { storedLabels } from './stored-labels'

const target = { job: 'hearth', instance: 'localhost:3000' }

describe('storedLabels', () => {
  it.each([
    ['adds the name and those of the target', { status: '200' }, { status: '200' }],
    ['keeps a clashing label under another name', { job: 'mine' }, { exported_job: 'mine' }],
    [
      'keeps all clashing labels',
      { job: 'mine', instance: 'here' },
      { exported_job: 'mine', exported_instance: 'here' },
    ],
    [
      'finds another name where that one is taken',
      { job: 'mine', exported_job: 'other', exported_exported_job: 'third' },
      { exported_job: 'other', exported_exported_job: 'third', exported_exported_exported_job: 'mine' },
    ],
    ['an empty label clashes with nothing', { job: '' }, {}],
    ['an empty label takes no name', { job: 'mine', exported_job: '' }, { exported_job: 'mine' }],
    ['keeps labels with the names of Object.prototype', { constructor: 'x' }, { constructor: 'x' }],
  ])('%s', (_, labels, expected) => {
    expect(storedLabels({ name: 'a_total', labels }, target)).toEqual({ __name__: 'a_total', ...expected, ...target })
  })

  it('keeps a label called __proto__', () => {
    const labels = Object.fromEntries([['__proto__', 'x']])
    expect(Object.entries(storedLabels({ name: 'a', labels }, target))).toContainEqual(['__proto__', 'x'])
  })
})
