/**
 * The few rows of a key that can bear on one facet at an instant, whatever the length of its
 * history. Found by binary search on the latest bound and a walk to either side of it:
 *
 *   back from t     rows that have certainly begun and can be the last word: those whose latest
 *                   pick is no earlier than the greatest earliest bound among them
 *   on from t       rows that may have begun; and where there are observations, the first row that
 *                   cannot have, which alone decides how far a later one reaches back, and
 *                   observations that can precede it
 *
 * `worldsAt` says of these rows what it would say of all; a test holds it to that.
 */
import { type Columns, OBSERVATION } from './columns.js'

/** Rows of a key in canonical order: a stretch of a list, or of the columns themselves. */
export interface Rows {
  readonly list: readonly number[] | null
  readonly from: number
  readonly to: number
  /** No window among them is wider, in milliseconds. */
  readonly width: number
  /** Some of them may be observations, which reach back. */
  readonly observed: boolean
}

export const NO_ROWS: Rows = { list: null, from: 0, to: 0, width: 0, observed: false }

export function rowAt({ list }: Rows, i: number): number {
  return list === null ? i : list[i]!
}

/** How many of the rows have certainly begun at t, counted as an index: the first that has not. */
export function begunAt(columns: Columns, rows: Rows, t: number): number {
  const { latest } = columns
  let low = rows.from
  let high = rows.to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (latest[rowAt(rows, middle)]! - 1 <= t) low = middle + 1
    else high = middle
  }
  return low
}

/** The rows that matter, in canonical order, in the first `size` items; filled again and again. */
export class Near {
  readonly rows: number[] = []
  size = 0
  /** How many of them have certainly begun. */
  begun = 0

  push(row: number): void {
    this.rows[this.size++] = row
  }
}

/**
 * Fills `near` with those that matter of the rows that `counts`: they are seen and set the facet.
 * Rows that only deny leave those before them mattering; `says` tells which do more, `null` that all do.
 */
export function narrow(
  columns: Columns,
  rows: Rows,
  counts: (row: number) => boolean,
  t: number,
  near: Near,
  says: ((row: number) => boolean) | null = null,
): void {
  const { earliest, latest, flags } = columns
  const turn = begunAt(columns, rows, t)
  near.size = 0
  let floor = Number.NEGATIVE_INFINITY
  for (let i = turn - 1; i >= rows.from; i--) {
    const row = rowAt(rows, i)
    if (near.size > 0 && latest[row]! - 1 < floor) break
    if (!counts(row)) continue
    if (earliest[row]! > floor && (says === null || says(row))) floor = earliest[row]!
    near.push(row)
  }
  if (near.size > 1) reverse(near)
  near.begun = near.size
  // Where nothing reaches back, what cannot have begun does not matter.
  let limit = rows.observed ? Number.POSITIVE_INFINITY : t
  for (let i = turn; i < rows.to; i++) {
    const row = rowAt(rows, i)
    if (latest[row]! - rows.width > limit) break
    if (!counts(row)) continue
    if (earliest[row]! <= t) near.push(row)
    else if (limit === Number.POSITIVE_INFINITY) {
      limit = latest[row]! - 1
      near.push(row)
    } else if ((flags[row]! & OBSERVATION) !== 0 && earliest[row]! <= limit) near.push(row)
  }
}

function reverse({ rows, size }: Near): void {
  for (let i = 0, j = size - 1; i < j; i++, j--) {
    const row = rows[i]!
    rows[i] = rows[j]!
    rows[j] = row
  }
}
