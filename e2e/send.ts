// Sends requests and reads their answers to the end.

/** All at once. Gives the answers' X-Process-Time, in seconds. */
export async function send(url: string, path: string, times = 1, method = 'GET'): Promise<number[]> {
  const answers = Array.from({ length: times }, () => fetch(`${url}${path}`, { method }))
  return Promise.all(
    answers.map(async (answer) => {
      const response = await answer
      await response.arrayBuffer()
      return Number(response.headers.get('x-process-time'))
    }),
  )
}
