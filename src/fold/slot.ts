/**
 * A slot: the rows under one key. Those of the base lie together in the columns, in canonical order;
 * those that came since are listed, and join the base when it is next laid out.
 */
import { compareUtf8 } from '../report/utf8.js'
import { NO_ROWS, type Rows } from './narrow.js'
import type { Key } from './projection.js'

/** The key's own rows, or those that reach from it to the parts of its place. */
export type Where = 'own' | 'reaching'

export class Slot {
  /** In the base the own rows are `[start, middle)`, those that reach `[middle, end)`. */
  start = 0
  middle = 0
  end = 0
  /** Rows that came since, in canonical order; most slots have none. */
  #late: Partial<Record<Where, number[]>> | null = null
  /** No window of a row is wider, in milliseconds. */
  width = 0
  /** Some row is an observation. */
  observed = false
  /** Some row supports its claim beyond its latest bound. */
  stretched = false
  /** Some row denies, or names alternatives. */
  branching = false
  /** A bit for each facet that some row sets; facets beyond 32 share bits. */
  facets = 0
  #text: string | null
  #merged: Partial<Record<Where, readonly number[]>> | null = null

  constructor(
    readonly key: Key,
    text: string | null = null,
  ) {
    this.#text = text
  }

  /** The canonical text of the key. */
  get text(): string {
    this.#text ??= keyText(this.key)
    return this.#text
  }

  get reaches(): boolean {
    return this.end > this.middle || this.#late?.reaching !== undefined
  }

  rows(where: Where, compare: (a: number, b: number) => number): Rows {
    const rows = { ...NO_ROWS }
    this.tell(where, compare, rows)
    return rows
  }

  /** The same told to `into`, whose rows are those of the slot asked last. */
  tell(
    where: Where,
    compare: (a: number, b: number) => number,
    into: { -readonly [field in keyof Rows]: Rows[field] },
  ): void {
    const late = this.#late?.[where]
    into.width = this.width
    into.observed = this.observed
    if (late === undefined) {
      into.list = null
      into.from = where === 'own' ? this.start : this.middle
      into.to = where === 'own' ? this.middle : this.end
      return
    }
    into.list = this.#mergedRows(where, late, compare)
    into.from = 0
    into.to = into.list.length
  }

  /** The same as a list. */
  list(where: Where, compare: (a: number, b: number) => number): readonly number[] {
    const late = this.#late?.[where]
    if (late !== undefined) return this.#mergedRows(where, late, compare)
    const { from, to } = this.#base(where)
    return Array.from({ length: to - from }, (_, i) => from + i)
  }

  add(where: Where, row: number, compare: (a: number, b: number) => number): void {
    this.#late ??= {}
    this.#late[where] ??= []
    insertSorted(this.#late[where], row, compare)
    this.#merged = null
  }

  /** Takes the place in a base that holds all its rows. */
  lay(start: number, middle: number, end: number): void {
    this.start = start
    this.middle = middle
    this.end = end
    this.#late = null
    this.#merged = null
  }

  #base(where: Where): { from: number; to: number } {
    return where === 'own'
      ? { from: this.start, to: this.middle }
      : { from: this.middle, to: this.end }
  }

  #mergedRows(
    where: Where,
    late: readonly number[],
    compare: (a: number, b: number) => number,
  ): readonly number[] {
    const known = this.#merged?.[where]
    if (known !== undefined) return known
    const { from, to } = this.#base(where)
    const merged: number[] = []
    let row = from
    for (const next of late) {
      while (row < to && compare(row, next) < 0) merged.push(row++)
      merged.push(next)
    }
    while (row < to) merged.push(row++)
    this.#merged ??= {}
    this.#merged[where] = merged
    return merged
  }
}

/** The canonical text of a key. */
export function keyText(key: Key): string {
  const names = Object.keys(key)
  if (names.length > 1) names.sort(compareUtf8)
  let text = '{'
  for (const name of names)
    text += `${text.length === 1 ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(key[name])}`
  return `${text}}`
}

function insertSorted(
  list: number[],
  item: number,
  compare: (a: number, b: number) => number,
): void {
  let low = 0
  let high = list.length
  // Most reports come in order: look at the end first.
  if (high > 0 && compare(list[high - 1]!, item) < 0) low = high
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(list[middle]!, item) < 0) low = middle + 1
    else high = middle
  }
  list.splice(low, 0, item)
}
