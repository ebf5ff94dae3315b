// Files that the browser makes itself.

/** Saves a file, and says that it did. */
export function download(name: string, content: Blob): boolean {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
  return true
}
