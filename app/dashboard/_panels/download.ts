// Files that the browser makes itself.

/** Twice the pixels of the screen, so that it stays sharp where it is pasted. */
const SCALE = 2

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

/** A picture of the element as it is drawn; null where the browser can't make one. What makes it is loaded at the first use. */
export async function toPng(element: HTMLElement | null): Promise<Blob | null> {
  if (element === null) return null
  try {
    const { toBlob } = await import('html-to-image')
    return await toBlob(element, { pixelRatio: SCALE, filter: (node) => !isTool(node) })
  } catch {
    return null
  }
}

/** Buttons say nothing on a picture, but for those whose words name a series. */
const isTool = (node: Node) => node instanceof HTMLElement && node.dataset.tools !== undefined
