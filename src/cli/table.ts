/**
 * Columns without rules that fit the width at hand: texts are wrapped at words, and the column
 * that takes what is left is the one that is told to.
 */
import Table from 'cli-table3'
import stringWidth from 'string-width'
import type { Paint } from './terminal.js'

export interface Column {
  readonly title: string
  /** Columns it may fill at most; absent: it takes what the others leave. */
  readonly cap?: number
}

/** A text with the paint for each of its lines. */
export interface Painted {
  readonly text: string
  readonly paint: (line: string) => string
}

export type Cell = string | Painted

const GAP = 2
const INDENT = 2
const NARROWEST = 16

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text)

/** Breaks a text at spaces so that no line is wider than `width`; longer words are cut. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(' ').flatMap((each) => cut(each, width))) {
      const longer = line === '' ? word : `${line} ${word}`
      if (stringWidth(longer) <= width || line === '') line = longer
      else {
        lines.push(line)
        line = word
      }
    }
    return [...lines, line]
  })
}

/** Cuts a word wider than the width, after a slash or dash where one is near. */
function cut(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const letter of word) {
    if (stringWidth(piece + letter) > width) {
      const seam = Math.max(piece.lastIndexOf('/'), piece.lastIndexOf('-')) + 1
      const at = seam > piece.length / 2 ? seam : piece.length
      pieces.push(piece.slice(0, at))
      piece = piece.slice(at)
    }
    piece += letter
  }
  return [...pieces, piece]
}

export interface Layout {
  readonly title: string
  /** Lines of some of the rows that were laid out, indented, without trailing spaces. */
  lines(rows: readonly (readonly Cell[])[]): string[]
}

interface Page {
  readonly width: number
  readonly paint: Paint
}

/** Widths that suit all of the rows; columns that are empty throughout are left out. */
export function layout(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width, paint }: Page,
): Layout {
  const kept = columns.flatMap((_, at) =>
    rows.some((row) => textOf(row[at] ?? '') !== '') ? [at] : [],
  )
  const shown = kept.map((at) => columns[at] as Column)
  const pick = (row: readonly Cell[]) => kept.map((at) => row[at] ?? '')
  const widths = widthsOf(shown, rows.map(pick), width)
  const lines = (some: readonly (readonly Cell[])[]) => print(some.map(pick), widths)
  const titles = shown.map(({ title }) => ({ text: title, paint: paint.dim }))
  return { title: print([titles], widths).join('\n'), lines }
}

/** Lines of a whole table under its titles. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  page: Page,
): string[] {
  const { title, lines } = layout(columns, rows, page)
  return [title, ...lines(rows)]
}

function print(rows: readonly (readonly Cell[])[], widths: readonly number[]): string[] {
  if (rows.length === 0) return []
  const table = new Table({
    chars: NO_RULES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colWidths: widths.map((each) => each + GAP),
  })
  for (const row of rows)
    table.push(row.map((cell, at) => paintedLines(cell, widths[at] as number).join('\n')))
  const lines = table.toString().split('\n')
  return lines.map((line) => `${' '.repeat(INDENT)}${line}`.trimEnd())
}

/** A sentence over several lines, those after the first indented under it. */
export function paragraph(text: string, { width }: { readonly width: number }): string[] {
  const [first = '', ...rest] = wrap(text, width - 2 * INDENT)
  return [
    `${' '.repeat(INDENT)}${first}`,
    ...rest.map((line) => `${' '.repeat(2 * INDENT)}${line}`),
  ]
}

function paintedLines(cell: Cell, width: number): string[] {
  const lines = wrap(textOf(cell), width)
  return typeof cell === 'string' ? lines : lines.map(cell.paint)
}

function widthsOf(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): number[] {
  const natural = columns.map((column, at) =>
    Math.max(
      stringWidth(column.title),
      ...rows.map((row) =>
        Math.max(
          ...textOf(row[at] ?? '')
            .split('\n')
            .map((l) => stringWidth(l)),
        ),
      ),
    ),
  )
  const free = columns.findIndex((column) => column.cap === undefined)
  const widths = natural.map((each, at) => Math.min(each, columns[at]?.cap ?? each))
  if (free < 0) return widths
  const others = widths.reduce((sum, each, at) => (at === free ? sum : sum + each + GAP), INDENT)
  widths[free] = Math.max(NARROWEST, Math.min(natural[free] as number, width - others))
  return widths
}

const NO_RULES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}
