// The reader's theme, applied while the document is still being read: no flash of the other one.

/** Where the browser remembers the choice: `light` or `dark`; absent means as the system says. */
export const THEME_KEY = 'hearth.theme'

/** Without quotes, `<` or `&`, which React would escape inside a script. Storage may be forbidden, and throws then. */
export const THEME_SCRIPT = `try{document.documentElement.dataset.theme=localStorage.getItem(\`${THEME_KEY}\`)??\`system\`}catch{}`
