// rules, alerts and alertmanagers: there are none here, and Prometheus's answer to that.
import type { Answer } from './answer'
import { invalidParameter } from './api-error'
import { parseGoBoolean } from './go-number'
import { jsonValue } from './json-text'
import { readSelectors } from './parameters'
import type { Question } from './sources'

/** `match[]`, `type`, `exclude_alerts`; others make no difference. */
export async function answerRules({ form, signal }: Question): Promise<Answer> {
  await readSelectors(form, signal)
  const type = form.get('type').toLowerCase()
  if (!['', 'alert', 'record'].includes(type)) {
    throw invalidParameter('type', `not supported value ${JSON.stringify(type)}`)
  }
  const exclude = form.get('exclude_alerts')
  const isExcluded = exclude === '' ? false : parseGoBoolean(exclude.toLowerCase())
  if (typeof isExcluded === 'string') {
    throw invalidParameter('exclude_alerts', `error converting exclude_alerts: ${isExcluded}`)
  }
  return { data: jsonValue({ groups: [] }) }
}

export function answerAlerts(): Answer {
  return { data: jsonValue({ alerts: [] }) }
}

export function answerAlertmanagers(): Answer {
  return { data: jsonValue({ activeAlertmanagers: [], droppedAlertmanagers: [] }) }
}
