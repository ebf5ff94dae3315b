import { describe, expect, it } from 'vitest'
import { labelOf, setLabel } from './labels'

function labelsOf(...pairs: [string, string][]): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const [name, value] of pairs) setLabel(labels, name, value)
  return labels
}

describe('labels', () => {
  it('keep a label called __proto__ like any other', () => {
    const labels = labelsOf(['__proto__', 'x'], ['a', 'b'])
    expect(Object.entries({ ...labels })).toEqual([
      ['__proto__', 'x'],
      ['a', 'b'],
    ])
    expect(JSON.stringify(labels)).toBe('{"__proto__":"x","a":"b"}')
    expect(labels).not.toEqual(labelsOf(['__proto__', 'y'], ['a', 'b']))
    expect(Object.getPrototypeOf(labels)).toBe(Object.prototype)
  })

  it('say what a label is, and nothing inherited', () => {
    expect(labelOf(labelsOf(['a', 'b']), 'a')).toBe('b')
    expect(labelOf(labelsOf(['constructor', 'b']), 'constructor')).toBe('b')
    expect(labelOf({}, 'constructor')).toBeUndefined()
    expect(labelOf({}, '__proto__')).toBeUndefined()
  })
})
