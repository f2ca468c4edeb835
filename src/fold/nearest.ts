/**
 * The last row of a key that has certainly begun and the first that cannot have: most answers hang on
 * these two alone. Found straight from the columns of rows that lie together; a key of which more rows
 * bear on the answer is left to `narrow`, which a test holds this to.
 */
import { type Columns, OBSERVATION } from './columns.js'
import type { Rows } from './narrow.js'
import type { Sight } from './sight.js'
import type { Store } from './store.js'
import { UNSET } from './values.js'

/** No row. */
export const NONE = -1

export class Nearest {
  /** Never ends; `NONE` where none has certainly begun. */
  begun = NONE
  /** Only of keys that may have observations; `NONE` where there is none. */
  next = NONE
  #columns: Columns
  #table: Int32Array
  #facets: number
  #sight!: Pick<Sight, 'known' | 'sees'>
  /** Where the sight asks for no more than a position, that; else -1. */
  #known = -1
  #t = 0

  constructor({ columns, values }: Pick<Store, 'columns' | 'values'>) {
    this.#columns = columns
    this.#table = values.table
    this.#facets = values.facets.length
  }

  aim(
    { columns, values }: Pick<Store, 'columns' | 'values'>,
    sight: Pick<Sight, 'known' | 'sees'>,
    t: number,
  ): void {
    this.#columns = columns
    this.#table = values.table
    this.#sight = sight
    this.#known = sight.known
    this.#t = t
  }

  /** Whether the two are all that bears on a facet at the instant; of rows that neither deny nor branch. */
  find({ from, to, width, observed }: Rows, facet: number): boolean {
    const { earliest, latest, endFrom, flags } = this.#columns
    const t = this.#t
    let low = from
    let high = to
    while (low < high) {
      const middle = (low + high) >>> 1
      if (latest[middle]! - 1 <= t) low = middle + 1
      else high = middle
    }
    this.begun = NONE
    this.next = NONE
    for (let row = low - 1; row >= from; row--) {
      if (!this.#counts(row, facet)) continue
      if (endFrom[row] !== Number.POSITIVE_INFINITY) return false
      if (row > from && latest[row - 1]! - 1 >= earliest[row]!) return false
      this.begun = row
      break
    }
    let limit = observed ? Number.POSITIVE_INFINITY : t
    for (let row = low; row < to; row++) {
      if (latest[row]! - width > limit) break
      if (!this.#counts(row, facet)) continue
      if (earliest[row]! <= t) return false
      if (limit === Number.POSITIVE_INFINITY) {
        limit = latest[row]! - 1
        this.next = row
      } else if ((flags[row]! & OBSERVATION) !== 0 && earliest[row]! <= limit) return false
    }
    return true
  }

  #counts(row: number, facet: number): boolean {
    const { shown, hidden, value } = this.#columns
    const known = this.#known
    if (known === -1 ? !this.#sight.sees(row) : shown[row]! > known || known >= hidden[row]!)
      return false
    return this.#table[value[row]! * this.#facets + facet] !== UNSET
  }
}
