// count and group: how many elements there are, and whether there is any.
import { ofColumns } from './group'

export const count = ofColumns(({ present }, into) => {
  for (let step = 0; step < present.length; step++) {
    if (present[step] !== 1) continue
    into.values[step] = (into.values[step] ?? 0) + 1
    into.present[step] = 1
  }
})

export const group = ofColumns(({ present }, into) => {
  for (let step = 0; step < present.length; step++) {
    if (present[step] !== 1) continue
    into.values[step] = 1
    into.present[step] = 1
  }
})
