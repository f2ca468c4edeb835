/** Values of rows by the few cells that they hang on: 3 million rows hold a handful of distinct ones. */
import type { Node, Row } from '../csv/node.js'

/** Parts cells of a key; no cell holds it. */
const PARTED = '\u0000'

export class ByCells<T> {
  readonly #indexes: readonly number[]
  readonly #known = new Map<string, T>()

  /** `columns` are looked up in `places`, which says at which index of a row a column stands. */
  constructor(columns: readonly string[], places: ReadonlyMap<string, number>) {
    this.#indexes = columns.flatMap((column) => places.get(column) ?? [])
  }

  key(cells: readonly string[]): string {
    const indexes = this.#indexes
    if (indexes.length === 1) return cells[indexes[0]!]!
    let key = ''
    for (const index of indexes) key += cells[index] + PARTED
    return key
  }

  get(key: string): T | undefined {
    return this.#known.get(key)
  }

  set(key: string, value: T): T {
    this.#known.set(key, value)
    return value
  }
}

export function columnsOf(...nodes: readonly (Pick<Node, 'columnsAt'> | null)[]): string[] {
  return [...new Set(nodes.flatMap((node) => node?.columnsAt([]) ?? []))]
}

export function rowOf(cells: readonly string[]): Row {
  return { cells, item: '' }
}
