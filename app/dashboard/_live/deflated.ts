// Deflates a question: a stream is opened with a GET, so the whole question is in its URL. Node accepts 16 KB and many
// proxies only 8. A short URL is also read faster, and the server keeps it for as long as the stream is open.
import type { LiveQuestion } from './live-store'

/** As server/trpc/inputs.ts inflates it; the question itself where a browser can't do that. */
export async function deflated(question: LiveQuestion): Promise<{ deflated: string } | LiveQuestion> {
  if (typeof CompressionStream === 'undefined') return question
  const text = new Blob([JSON.stringify(question)]).stream()
  const bytes = new Uint8Array(await new Response(text.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer())
  const base64 = btoa(String.fromCharCode(...bytes))
  return { deflated: base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') }
}
