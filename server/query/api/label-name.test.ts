import { expect, it } from 'vitest'
import { unescapeLabelName } from './label-name'

it.each([
  ['job', 'job'],
  ['http.status', 'http.status'],
  ['U__http_2e_status', 'http.status'],
  ['U__http_2E_status', 'http.status'],
  ['U__a__b', 'a_b'],
  ['U______name____', '__name__'],
  ['U___1f600_', '😀'],
  ['U__a_2f_b', 'a/b'],
  ['U__', ''],
  ['U__a_', 'U__a_'],
  ['U__a_zz_', 'U__a_zz_'],
  ['U__a_d800_', 'U__a_d800_'],
  ['U__a_110000_', 'U__a_110000_'],
])('%s is %s', (escaped, name) => expect(unescapeLabelName(escaped)).toBe(name))
