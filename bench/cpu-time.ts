// Processor time instead of the clock's: on a machine with other work, the clock tells how busy the others are.

/** Processor time of this process so far, of all its threads (garbage collection too), in milliseconds. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
