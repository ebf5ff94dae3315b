// metadata and targets/metadata: what the scraped metrics are, in the words of their targets.
import type { Family, Labels } from '../../exposition/snapshot'
import { satisfiesAny } from '../../storage/matcher'
import { search } from '../search'
import type { Answer } from './answer'
import { ApiError, invalidParameter } from './api-error'
import type { Form } from './form'
import { jsonList } from './json-text'
import { parseSelector, readCount } from './parameters'
import type { Question, Sources } from './sources'

type Description = { type: string; unit: string; help: string }

/** `metric`, `limit`, `limit_per_metric`. */
export function answerMetadata({ form }: Question, sources: Sources): Answer {
  const limit = readCount(form, 'limit')
  const limitPerMetric = readCount(form, 'limit_per_metric') || Number.POSITIVE_INFINITY
  const metric = form.get('metric')
  const described = new Map<string, Description[]>()
  for (const { families } of describedTargets(sources)) {
    for (const family of families) {
      if (metric !== '' && family.name !== metric) continue
      const known = described.get(family.name) ?? []
      const description = toDescription(family)
      if (known.length >= limitPerMetric || known.some((other) => isSame(other, description))) continue
      described.set(family.name, [...known, description])
    }
  }
  return { data: jsonObject([...described].slice(0, limit)) }
}

/** `match_target`, `metric`, `limit`. */
export async function answerTargetMetadata({ form, signal }: Question, sources: Sources): Promise<Answer> {
  const limit = readCount(form, 'limit')
  const metric = form.get('metric')
  const matchers = readTargetSelector(form)
  function* find(): Generator<void, object[]> {
    const found: object[] = []
    for (const { families, target } of describedTargets(sources)) {
      if (found.length >= limit) break
      if (!(yield* satisfiesAny(target, [matchers]))) continue
      for (const family of families) {
        if (metric === '') found.push({ target, metric: family.name, ...toDescription(family) })
        else if (metric === family.name) found.push({ target, ...toDescription(family) })
      }
    }
    return found
  }
  return { data: jsonList(await search(find(), signal), (one) => JSON.stringify(one)) }
}

function describedTargets({ newestSnapshot, targets }: Sources): { target: Labels; families: Family[] }[] {
  return targets().map(({ instance, job }) => ({
    target: { instance, job },
    families: newestSnapshot({ instance, job })?.families ?? [],
  }))
}

function readTargetSelector(form: Form) {
  const text = form.get('match_target')
  if (text === '') return []
  try {
    return parseSelector(text)
  } catch (error) {
    throw error instanceof ApiError ? invalidParameter('match_target', error.message) : error
  }
}

function toDescription({ help, type, unit }: Family): Description {
  return { type, unit, help }
}

function isSame(a: Description, b: Description): boolean {
  return a.type === b.type && a.unit === b.unit && a.help === b.help
}

function* jsonObject(entries: [name: string, value: unknown][]) {
  let separator = '{'
  for (const [name, value] of entries) {
    yield `${separator}${JSON.stringify(name)}:${JSON.stringify(value)}`
    separator = ','
  }
  yield separator === '{' ? '{}' : '}'
}
