// The fields of a request: those of its URL and of the form in its body, read as Go reads them for Prometheus.
import { readRequestBody } from '../../bounded-body'
import { queryTurns } from '../../promql/turns'
import { badData } from './api-error'
import type { Fields } from './form-fields'
import { multipartFields, urlencodedFields } from './form-fields'

/** Go reads 10 MiB. No question is that long: an expression has 64 KiB at most, and everything else is short. */
export const LONGEST_FORM_BYTES = 1024 * 1024

export type Form = {
  /** The first field of that name, those of the body first; '' where there is none. */
  get(name: string): string
  all(name: string): string[]
  /** Throws ApiError for a field that can't be read; all others stand in the form as if it weren't there. */
  refuseMalformed(): void
}

/**
 * Throws ApiError for too many fields, and BodyRefused for a body that is longer than LONGEST_FORM_BYTES or that takes
 * longer than `timeoutMs` to come.
 */
export async function readForm(request: Request, timeoutMs: number): Promise<Form> {
  const inUrl = await queryTurns().finish(urlencodedFields(Buffer.from(new URL(request.url).search.slice(1))))
  if (request.method !== 'POST') return formOf([inUrl])
  const contentType = request.headers.get('content-type') ?? ''
  const parse = parserOf(contentType)
  if (parse === undefined) return formOf([inUrl])
  const body = await readRequestBody(request, LONGEST_FORM_BYTES, timeoutMs)
  return formOf([await queryTurns().finish(parse(body, contentType)), inUrl])
}

function parserOf(contentType: string) {
  switch (contentType.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return urlencodedFields
    case 'multipart/form-data':
      return multipartFields
  }
}

function formOf(parts: Fields[]): Form {
  const pairs = parts.flatMap((part) => part.pairs)
  const malformed = parts.find((part) => part.malformed !== undefined)?.malformed
  return {
    get: (name) => pairs.find(([own]) => own === name)?.[1] ?? '',
    all: (name) => pairs.filter(([own]) => own === name).map(([, value]) => value),
    refuseMalformed() {
      if (malformed !== undefined) throw badData(`error parsing form values: ${malformed}`)
    },
  }
}
