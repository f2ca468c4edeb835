/** Values of rows by the few cells that they hang on: 3 million rows hold a handful of distinct ones. */
import type { Node, Row } from '../csv/node.js'

/** Parts cells of a key; no cell holds it. */
const PARTED = '\u0000'

export class ByCells<T> {
  readonly #indexes: readonly number[]
  /** Of the one cell that values hang on, where it is one. */
  readonly #index: number
  readonly #known = new Map<string, T>()
  /** Rows that follow each other are often alike; to compare a cell is cheaper than to look it up. */
  #lastKey: string | null = null
  #lastValue: T | undefined

  /** `columns` are looked up in `places`, which says at which index of a row a column stands. */
  constructor(columns: readonly string[], places: ReadonlyMap<string, number>) {
    this.#indexes = columns.flatMap((column) => places.get(column) ?? [])
    this.#index = this.#indexes.length === 1 ? this.#indexes[0]! : -1
  }

  get(cells: readonly string[]): T | undefined {
    const key = this.#keyOf(cells)
    if (key === this.#lastKey) return this.#lastValue
    const value = this.#known.get(key)
    if (value !== undefined) this.#keep(key, value)
    return value
  }

  set(cells: readonly string[], value: T): T {
    const key = this.#keyOf(cells)
    this.#known.set(key, value)
    this.#keep(key, value)
    return value
  }

  #keep(key: string, value: T): void {
    this.#lastKey = key
    this.#lastValue = value
  }

  #keyOf(cells: readonly string[]): string {
    if (this.#index >= 0) return cells[this.#index]!
    let key = ''
    for (const index of this.#indexes) key += cells[index] + PARTED
    return key
  }
}

export function columnsOf(...nodes: readonly (Pick<Node, 'columnsAt'> | null)[]): string[] {
  return [...new Set(nodes.flatMap((node) => node?.columnsAt([]) ?? []))]
}

export function rowOf(cells: readonly string[]): Row {
  return { cells, item: '' }
}
