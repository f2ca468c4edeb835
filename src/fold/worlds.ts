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

/** A row that sets the facet, and whether what it sets there is a value (else: unsaid). */
export interface Writer {
  readonly columns: Columns
  readonly row: number
  readonly says: boolean
}

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

interface Times {
  readonly earliest: number
  readonly last: number
  readonly endFrom: number
  readonly endTo: number
}

/** Writers come in canonical order. Costs the number of writers, times that of open observations. */
export function worldsAt(writers: readonly Writer[], sweeps: readonly Swept[], t: number): Worlds {
  const times = writers.map(timesOf)
  const certain = (w: Times) => w.last <= t
  const carrier = times.findLastIndex(certain)
  const floor = greatestEarliest(times.filter(certain))
  const said: number[] = []
  const silent: number[] = []
  for (let i = 0; i < writers.length; i++) {
    const { says } = writers[i]!
    const w = times[i]!
    const holds = canHold(w, floor, t)
    const ended = canHaveEnded(w, floor, t)
    if (says && (holds || reachesBack(writers, times, sweeps, i, t))) said.push(i)
    if (ended || (!says && holds)) silent.push(i)
  }
  const unsaid = silent.length > 0 || carrier === -1
  const lapsed = carrier !== -1 && times[carrier]!.endTo - 1 <= t
  return { carrier, lapsed, said, silent, unsaid }
}

function timesOf({ columns, row }: Writer): Times {
  return {
    earliest: columns.earliest[row]!,
    last: columns.latest[row]! - 1,
    endFrom: columns.endFrom[row]!,
    endTo: columns.endTo[row]!,
  }
}

/** Negative infinity where there is none. */
function greatestEarliest(times: readonly Times[]): number {
  let greatest = Number.NEGATIVE_INFINITY
  for (const { earliest } of times) if (earliest > greatest) greatest = earliest
  return greatest
}

/** Whether w can be the last word at t, not yet ended; `floor` is what must be able to precede it. */
function canHold(w: Times, floor: number, t: number): boolean {
  return w.earliest <= t && floor <= Math.min(w.last, t) && w.endTo - 1 > t
}

/** Whether w can be the last word at t with its end come by t. */
function canHaveEnded(w: Times, floor: number, t: number): boolean {
  return w.endFrom <= t && w.earliest <= t - 1 && floor <= Math.min(w.last, t - 1)
}

/**
 * Whether observation i can stand before its own pick. Its earliest pick after t is best; whoever
 * must then have begun lies at or before t, and the last of them must be over or endless.
 */
function reachesBack(
  writers: readonly Writer[],
  times: readonly Times[],
  sweeps: readonly Swept[],
  i: number,
  t: number,
): boolean {
  const { columns, row } = writers[i]!
  const observed = times[i]!
  if ((columns.flags[row]! & OBSERVATION) === 0 || observed.last <= t) return false
  const pick = Math.max(observed.earliest, t + 1)
  const between = (earliest: number, last: number) => earliest > t && last < pick
  if (sweeps.some((sweep) => between(sweep.earliest, sweep.latest - 1))) return false
  const others = times.filter((_, j) => j !== i)
  if (others.some((w) => between(w.earliest, w.last))) return false
  const before = others.filter((w) => w.last < pick)
  if (before.length === 0) return true
  const floor = greatestEarliest(before)
  return others.some((w) => {
    const endless = w.endTo === Number.POSITIVE_INFINITY && w.endFrom === Number.POSITIVE_INFINITY
    return endless ? canHold(w, floor, t) : canHaveEnded(w, floor, t)
  })
}
