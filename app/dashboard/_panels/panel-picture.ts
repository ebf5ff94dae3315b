// A panel as a PNG: its elements with the styles that they have now, as the one object of an SVG picture, which the browser
// paints on a canvas. Styles go by classes of the picture's own style sheet, so that no policy of the page is asked. The
// page's policy has to let pictures come from `data:`; a picture from `blob:` would spoil the canvas.

/** Pixels of the picture per CSS pixel: sharp on any screen, and when it is pasted into a document. */
const SCALE = 2
/** What is a control and no part of the picture. */
const LEFT_OUT = '[popover], input, [data-tools]'

/** Rejects where the browser or the page's policy won't paint it. */
export async function toPicture(panel: HTMLElement): Promise<Blob> {
  const { height, width } = panel.getBoundingClientRect()
  const { copy, families, sheet } = copyWithStyles(panel)
  const style = document.createElement('style')
  style.textContent = (await fontRules(families)) + sheet
  copy.prepend(style)
  const xml = new XMLSerializer().serializeToString(copy)
  const object = `<foreignObject width="100%" height="100%">${xml}</foreignObject>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${object}</svg>`

  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * SCALE)
  canvas.height = Math.round(height * SCALE)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The browser made no PNG.')) : resolve(blob)))
  })
}

/** A copy that no document holds, and a style sheet with a class for each set of styles. */
function copyWithStyles(panel: HTMLElement): { copy: Element; families: string; sheet: string } {
  const classes = new Map<string, string>()
  const families = new Set<string>()
  const copyOf = (element: Element): Element => {
    const copy = element.cloneNode(false) as Element
    const computed = getComputedStyle(element)
    families.add(computed.fontFamily)
    const styles = textOf(computed)
    const name = classes.get(styles) ?? `s${classes.size}`
    classes.set(styles, name)
    copy.removeAttribute('style')
    copy.setAttribute('class', name)
    for (const child of element.childNodes) {
      if (child instanceof Element) {
        if (!child.matches(LEFT_OUT)) copy.append(copyOf(child))
      } else if (child instanceof Text) copy.append(child.data)
    }
    return copy
  }
  const copy = copyOf(panel)
  const rules = [...classes].map(([styles, name]) => `.${name}{${styles}}`)
  // The picture ends where the panel does.
  return {
    copy,
    families: [...families].join(),
    sheet: `${rules.join('')}.${copy.getAttribute('class')}{margin:0!important}`,
  }
}

function textOf(styles: CSSStyleDeclaration): string {
  return [...styles].map((name) => `${name}:${styles.getPropertyValue(name)};`).join('')
}

/** The page's own fonts, as far as `families` names them: a picture loads nothing. */
async function fontRules(families: string): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => rulesOf(sheet).map((rule) => ({ rule, sheet })))
  const texts = rules.map(async ({ rule, sheet }) => {
    if (!(rule instanceof CSSFontFaceRule)) return ''
    const url = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1]
    const isUsed = families.includes(unquoted(rule.style.getPropertyValue('font-family')))
    if (url === undefined || !isUsed) return ''
    try {
      const font = await fetch(new URL(url, sheet.href ?? document.baseURI))
      return rule.cssText.replace(url, await toDataUrl(await font.blob()))
    } catch {
      // Such as one that the policy lets be shown, and not be read: the system's font is in the picture.
      return ''
    }
  })
  return (await Promise.all(texts)).join('')
}

/** None of a sheet from another origin, which can't be read. */
function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules]
  } catch {
    return []
  }
}

const unquoted = (family: string) => family.replaceAll(/["']/g, '')

function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}
