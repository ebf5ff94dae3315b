// How long work holds up everything else in its process.
import { mainThreadMs } from './cpu-time'

/** The most processor time of the main thread between two turns of the event loop, while `work` went on. */
export async function longestStallMs(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0
  let lastMs = mainThreadMs()
  let isOver = false
  const turn = () => {
    const nowMs = mainThreadMs()
    longestMs = Math.max(longestMs, nowMs - lastMs)
    lastMs = nowMs
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  isOver = true
  return longestMs
}
