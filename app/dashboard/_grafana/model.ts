// What a file in Grafana's model is read into: a board whose words and PromQL still have the board's variables in them.
import type { OwnPanel, OwnSection } from '../_boards/own-board'

/** Bounds of a board, and of what is read of it. */
export const MOST_PANELS = 500
export const MOST_QUERIES = 26
export const MOST_VARIABLES = 50
export const MOST_OPTIONS = 1_000
export const MOST_COPIES = 50
export const LONGEST_TEXT = 20_000
export const LONGEST_EXPR = 8_000
export const LONGEST_NAME = 300

/** That the file is no board: what was expected, and what came. */
export class BoardError extends Error {
  override readonly name = 'BoardError'
}

/** What a variable's values are asked by. */
export type OptionQuery =
  | { kind: 'labelValues'; match: string | undefined; label: string }
  | { kind: 'labelNames' }
  | { kind: 'metrics'; regex: string }
  | { kind: 'queryResult'; expr: string }
  | { kind: 'series'; match: string }

export type Option = { value: string; text: string }

export type BoardVariable = {
  name: string
  label: string
  isHidden: boolean
  /** Several values may be chosen. */
  isMulti: boolean
  hasAll: boolean
  /** What All stands for, where it is not the list of all values; as it is, without escaping. */
  allValue: string | undefined
  /** What the file says is chosen; `$__all` for all. */
  current: readonly string[]
  /** A query for the options, a list of them, or a text that the reader types. */
  options:
    | { kind: 'asked'; query: OptionQuery; regex: string; sort: number }
    | { kind: 'listed'; list: readonly Option[] }
    | { kind: 'typed' }
}

/** `repeat` is a variable, for each of whose values there is one. */
export type TemplatePanel = OwnPanel & { repeat: string | undefined }
export type TemplateSection = Omit<OwnSection, 'panels'> & {
  repeat: string | undefined
  panels: readonly TemplatePanel[]
}

export type GrafanaBoard = {
  title: string
  description: string
  variables: readonly BoardVariable[]
  sections: readonly TemplateSection[]
  /** What of the board as a whole can't be drawn, in words. */
  undrawn: readonly string[]
}
