import { expect, test } from 'vitest'
import { parseTraceparent } from './trace-context'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

test.each([
  ['sampled', `00-${TRACE}-${SPAN}-01`],
  ['not sampled', `00-${TRACE}-${SPAN}-00`],
  ['with flags that nobody knows yet', `00-${TRACE}-${SPAN}-ff`],
  ['of a later version', `01-${TRACE}-${SPAN}-01`],
  ['of a later version that says more', `cc-${TRACE}-${SPAN}-01-what-comes`],
])('a trace is taken: %s', (_, header) => {
  expect(parseTraceparent(header)).toEqual({ trace_id: TRACE, span_id: SPAN })
})

test.each<[string, unknown]>([
  ['no header', undefined],
  ['several headers', [`00-${TRACE}-${SPAN}-01`]],
  ['several headers, joined', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
  ['nothing', ''],
  ['the version that is none', `ff-${TRACE}-${SPAN}-01`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['capital letters', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
  ['what is not hexadecimal', `00-${TRACE.replace('4', 'g')}-${SPAN}-01`],
  ['a short trace id', `00-${TRACE.slice(1)}-${SPAN}-01`],
  ['a long span id', `00-${TRACE}-${SPAN}0-01`],
  ['no flags', `00-${TRACE}-${SPAN}`],
  ['more than version 00 has', `00-${TRACE}-${SPAN}-01-more`],
  ['a later version with more, but no hyphen', `01-${TRACE}-${SPAN}-01more`],
  ['spaces around it', ` 00-${TRACE}-${SPAN}-01`],
  ['a line feed after it', `00-${TRACE}-${SPAN}-01\n`],
  ['a header without end', `01-${TRACE}-${SPAN}-01-${'x'.repeat(10_000)}`],
])('no trace is made of %s', (_, header) => {
  expect(parseTraceparent(header)).toBeUndefined()
})
