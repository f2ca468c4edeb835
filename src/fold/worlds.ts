/**
 * What is settled and what is possible of one facet under one key at an instant.
 *
 * A world picks one instant inside every window. The settled value is that of the world in which
 * every instant falls at its latest: the last row in canonical order that has certainly begun,
 * unsaid once its end has certainly come. A row can be the last word at t when it can have begun
 * by t and every writer that has certainly begun by t can precede its latest such pick, so the
 * greatest earliest bound among the certain writers decides (RULINGS 2, 7). An observation is
 * possible also before its pick, back to the writer, the end or the sweep before it (RULINGS 8).
 * One pass each; the brute-force enumeration of worlds in src/testing is the measure.
 */
import type { Columns } from './columns.js'
import { OBSERVATION } from './columns.js'
import type { Near } from './narrow.js'

/** The window of a sweep. */
export interface Swept {
  readonly earliest: number
  readonly latest: number
}

export interface Worlds {
  /** Index of the writer that carries the settled state, -1 where none has certainly begun. */
  readonly carrier: number
  /** Whether the carrier's claim has certainly ended. */
  readonly lapsed: boolean
  /** Indices of writers whose value is possible, in canonical order. */
  readonly said: readonly number[]
  /** Indices of writers through which unsaid is possible (their end, or by saying so). */
  readonly silent: readonly number[]
  /** Whether unsaid is possible, because of those or because nothing need have begun. */
  readonly unsaid: boolean
}

/**
 * The rows set the facet, in canonical order; `says` tells of each whether what it sets is a value
 * (else: unsaid). Costs the number of rows, times that of open observations.
 */
export function worldsAt(
  columns: Columns,
  { rows, size }: Pick<Near, 'rows' | 'size'>,
  says: (row: number) => boolean,
  sweeps: readonly Swept[],
  t: number,
): Worlds {
  let carrier = -1
  let floor = Number.NEGATIVE_INFINITY
  for (let i = 0; i < size; i++) {
    const row = rows[i]!
    if (columns.latest[row]! - 1 > t) continue
    carrier = i
    floor = Math.max(floor, columns.earliest[row]!)
  }
  const said: number[] = []
  const silent: number[] = []
  for (let i = 0; i < size; i++) {
    const row = rows[i]!
    const value = says(row)
    const holds = canHold(columns, row, floor, t)
    if (value && (holds || reachesBack(columns, { rows, size }, sweeps, i, t))) said.push(i)
    if ((!value && holds) || canHaveEnded(columns, row, floor, t)) silent.push(i)
  }
  const unsaid = silent.length > 0 || carrier === -1
  const lapsed = carrier !== -1 && columns.endTo[rows[carrier]!]! - 1 <= t
  return { carrier, lapsed, said, silent, unsaid }
}

/** Whether a row can be the last word at t, not yet ended; `floor` is what must be able to precede it. */
function canHold(c: Columns, row: number, floor: number, t: number): boolean {
  return c.earliest[row]! <= t && floor <= Math.min(c.latest[row]! - 1, t) && c.endTo[row]! - 1 > t
}

/** Whether a row can be the last word at t with its end come by t. */
function canHaveEnded(c: Columns, row: number, floor: number, t: number): boolean {
  return (
    c.endFrom[row]! <= t &&
    c.earliest[row]! <= t - 1 &&
    floor <= Math.min(c.latest[row]! - 1, t - 1)
  )
}

/**
 * Whether observation i can stand before its own pick. Its earliest pick after t is best; whoever
 * must then have begun lies at or before t, and the last of them must be over or endless.
 */
function reachesBack(
  c: Columns,
  { rows, size }: Pick<Near, 'rows' | 'size'>,
  sweeps: readonly Swept[],
  i: number,
  t: number,
): boolean {
  const observed = rows[i]!
  if ((c.flags[observed]! & OBSERVATION) === 0 || c.latest[observed]! - 1 <= t) return false
  const pick = Math.max(c.earliest[observed]!, t + 1)
  if (sweptBetween(sweeps, t, pick)) return false
  let floor = Number.NEGATIVE_INFINITY
  let before = false
  for (let j = 0; j < size; j++) {
    const row = rows[j]!
    if (j === i || c.latest[row]! - 1 >= pick) continue
    if (c.earliest[row]! > t) return false
    before = true
    floor = Math.max(floor, c.earliest[row]!)
  }
  if (!before) return true
  for (let j = 0; j < size; j++) {
    const row = rows[j]!
    if (j !== i && (isEndless(c, row) ? canHold : canHaveEnded)(c, row, floor, t)) return true
  }
  return false
}

function isEndless(c: Columns, row: number): boolean {
  return c.endTo[row] === Number.POSITIVE_INFINITY && c.endFrom[row] === Number.POSITIVE_INFINITY
}

/** Whether a sweep lies wholly after t and before a pick. */
export function sweptBetween(sweeps: readonly Swept[], t: number, pick: number): boolean {
  for (let i = sweeps.length - 1; i >= 0; i--) {
    const { earliest, latest } = sweeps[i]!
    if (earliest > t && latest - 1 < pick) return true
  }
  return false
}
