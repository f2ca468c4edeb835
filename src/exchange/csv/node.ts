/**
 * What an expression is compiled to, once for each file: a closure over the cells of a row, which
 * knows the columns that it reads, so that what is refused of its value names them.
 */
import { RashomonError } from '../../errors.js'
import { fieldOf } from '../../index.js'
import type { Expression } from './language.js'
import { piecesOf } from './text.js'

/** A row as it is evaluated; `item` is the one at hand of a list. */
export interface Row {
  readonly cells: readonly string[]
  item: string
}

/** A value as the door takes it; `undefined` is absent. */
export type Value = Expression | undefined

export interface Node {
  evaluate(row: Row): Value
  /** Columns that the value at a way inside it is made of; of all of it for no way. */
  columnsAt(way: readonly string[]): readonly string[]
  /** Whether it reads no cell and is the same for every row. */
  readonly constant: boolean
}

export type Tables = ReadonlyMap<string, ReadonlyMap<string, string>>

/** What expressions of one file are compiled against. */
export interface Scope {
  /** Index of a column's cell in a row. */
  readonly columns: ReadonlyMap<string, number>
  /** What the name of the file says. */
  readonly variables: ReadonlyMap<string, string>
  readonly tables: Tables
  /** Where in the report the expression stands, for messages. */
  readonly path: readonly (string | number)[]
  /** Within `from` or `to` of a range, where a date may become wording. */
  readonly inRange: boolean
  /** Within `each` of a list. */
  readonly inList: boolean
}

export function inside(scope: Scope, step: string | number): Scope {
  return { ...scope, path: [...scope.path, step], inRange: false }
}

/** Text of a row: absent where one of its cells is empty, or with empty cells as they stand. */
export interface Text extends Node {
  evaluate(row: Row): string | undefined
  whole(row: Row): string
  readonly columns: readonly string[]
}

type Part = (row: Row) => string

/** The name of a list's item inside its `each`. */
const ITEM = 'item'

/** @throws `invalid-mapping` for a column that there is none of. */
export function compileText(text: string, scope: Scope): Text {
  const parts: Part[] = []
  const columns: string[] = []
  const cells: Part[] = []
  for (const piece of piecesOf(text.normalize('NFC')) as Exclude<
    ReturnType<typeof piecesOf>,
    string
  >) {
    if ('literal' in piece) parts.push(() => piece.literal)
    else {
      const part = partOf(piece.column, scope)
      const named = !(scope.inList && piece.column === ITEM) && scope.columns.has(piece.column)
      if (named) columns.push(piece.column)
      parts.push(part)
      cells.push(part)
    }
  }
  const whole: Part =
    parts.length === 1 ? parts[0]! : (row) => parts.reduce((made, part) => made + part(row), '')
  const evaluate =
    parts.length === 1 && cells.length === 1
      ? (row: Row) => whole(row) || undefined
      : (row: Row) => {
          for (const cell of cells) if (cell(row) === '') return undefined
          return whole(row)
        }
  const constant = columns.length === 0 && !(scope.inList && cells.length > 0)
  return { evaluate, whole, columns, columnsAt: () => columns, constant }
}

function partOf(name: string, scope: Scope): Part {
  if (scope.inList && name === ITEM) return (row) => row.item
  const variable = scope.variables.get(name)
  if (variable !== undefined) return () => variable
  const index = columnIndex(name, scope)
  return (row) => row.cells[index]!
}

function columnIndex(name: string, { columns, path }: Scope): number {
  const index = columns.get(name)
  if (index !== undefined) return index
  throw new RashomonError(
    'invalid-mapping',
    `${fieldOf(path)}: the file has no column ${JSON.stringify(name)}; one of ${[...columns.keys()].join(', ')} would be right`,
    { place: { field: fieldOf(path), column: name } },
  )
}

export function isList<T>(value: unknown): value is readonly T[] {
  return Array.isArray(value)
}

export function constantNode(value: Value): Node {
  return { evaluate: () => value, columnsAt: () => [], constant: true }
}

/** A node that takes a value as a whole: every way inside it is made of all its columns. */
export function wholeNode(
  columns: readonly string[],
  evaluate: (row: Row) => Value,
  constant = false,
): Node {
  return { evaluate, columnsAt: () => columns, constant }
}

export function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())]
}

/** A row that cannot be read as the mapping says: the field, the value, what would be right. */
export function refuse(
  scope: Pick<Scope, 'path'>,
  columns: readonly string[],
  message: string,
): RashomonError {
  const field = fieldOf(scope.path)
  return new RashomonError('invalid-report', `${field === '' ? 'report' : field}: ${message}`, {
    place: {
      ...(columns.length === 0 ? {} : { column: columns.join(', ') }),
      ...(field === '' ? {} : { field }),
    },
  })
}
