// Explore as a reader drives it: by roles and labels.
import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

export class ExplorePage {
  readonly page: Page
  readonly state: Locator
  readonly run: Locator
  readonly answer: Locator
  readonly options: Locator

  constructor(page: Page) {
    this.page = page
    this.state = page.getByRole('banner').getByRole('status')
    this.run = page.getByRole('button', { name: 'Run' })
    this.answer = page.getByRole('region', { name: /^(?:Graph|Table)$/ })
    // Its name is CodeMirror's.
    this.options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option')
  }

  /** Opens the page, and waits until the first editor is there. */
  async open(url: string): Promise<void> {
    await this.page.goto(url)
    await expect(this.editor('A')).toBeVisible()
  }

  editor(letter: string): Locator {
    return this.page.getByRole('textbox', { name: `PromQL of query ${letter}` })
  }

  query(letter: string): Locator {
    return this.page.getByRole('group', { name: `Query ${letter}`, exact: true })
  }

  /** Types into an editor what has no completion that would change it, and asks it. */
  async ask(letter: string, expr: string): Promise<void> {
    await this.editor(letter).fill(expr)
    await this.page.keyboard.press('Escape')
    await this.page.keyboard.press('Enter')
  }

  choose(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click()
  }

  /** The rows of the table, as they are written. */
  rows(): Promise<string[][]> {
    return this.answer
      .getByRole('table')
      .locator('tbody tr[data-index]')
      .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')))
  }

  legend(): Promise<string[]> {
    return this.answer.getByRole('listitem').getByRole('button').allTextContents()
  }

  /** The parts of the queries, where they are explained. */
  get parts(): Locator {
    return this.page.getByRole('tree').getByRole('treeitem')
  }

  part(text: string): Locator {
    return this.page.getByRole('treeitem', { name: text, exact: true })
  }

  /** The words that are underlined as wrong. */
  underlined(): Promise<string[]> {
    return this.page.locator('[data-editor] .cm-lintRange-error').allTextContents()
  }

  /** The paths that are drawn. */
  drawn(): Promise<(string | null)[]> {
    return this.answer.locator('path[data-mark]').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')))
  }
}
