// Notifications about the server itself, of which there never are any here: the list of them, and the stream that says
// nothing until the process ends.
import { perProcess } from '../../per-process'
import type { Answer } from './answer'
import { jsonValue } from './json-text'
import type { Question, Sources } from './sources'

/** Prometheus's --web.max-notifications-subscribers. One more is answered without content. */
const MOST_LISTENERS = 16

export function answerNotifications(): Answer {
  return { data: jsonValue([]) }
}

/** Whoever listens, of this process. */
export function notificationStreams(): NotificationStreams {
  return perProcess('notification-streams', () => new NotificationStreams())
}

class NotificationStreams {
  #open = 0

  /** Server-Sent Events, until the client leaves or the process ends; undefined where as many listen as may. */
  answer({ signal }: Question, { shutdown }: Sources): Response | undefined {
    if (this.#open >= MOST_LISTENERS) return undefined
    this.#open++
    let end = () => {}
    const body = new ReadableStream({
      start: (controller) => {
        const ending = () => {
          end()
          controller.close()
        }
        end = () => {
          this.#open--
          end = () => {}
          for (const one of [signal, shutdown]) one.removeEventListener('abort', ending)
        }
        // A comment, so that the head goes out: nothing else ever comes.
        controller.enqueue(new TextEncoder().encode(':\n\n'))
        if (signal.aborted || shutdown.aborted) return ending()
        for (const one of [signal, shutdown]) one.addEventListener('abort', ending)
      },
      cancel: () => end(),
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } })
  }
}
