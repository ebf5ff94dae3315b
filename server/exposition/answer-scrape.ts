// Answers a scrape: what `GET /metrics` says, at whichever path it is asked.
import { processRegistry } from '../instrument/registry'
import { collect } from './collect'
import { PROMETHEUS_CONTENT_TYPE } from './format'
import { render } from './render'

/** This process's metrics, collected now; 500 with the reason as plain text if that fails. */
export async function answerScrape(): Promise<Response> {
  try {
    return answer(200, PROMETHEUS_CONTENT_TYPE, render(await collect(processRegistry()), 'prometheus'))
  } catch (error) {
    console.error('The metrics could not be collected.', error)
    const reason = error instanceof Error ? error.message : String(error)
    return answer(500, 'text/plain; charset=utf-8', `The metrics could not be collected: ${reason}\n`)
  }
}

function answer(status: number, contentType: string, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
}
