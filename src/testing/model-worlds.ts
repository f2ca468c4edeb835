/**
 * The naive model's heart: what one account says of one facet at an instant, by trying every
 * possible world (DESIGN 3, RULINGS 1, 2, 7-9, 15).
 *
 * A world picks an instant for the start of every report that writes the facet, for every end
 * that is claimed (after its start), and for every sweep of the account. Reports at one instant
 * fold in either order. In a world, what is possible at t is
 *
 * 1. what the last report begun by t says: nothing, once its end has come;
 * 2. beside it, what an observation after t says, unless a report or a sweep lies between t and
 *    it, or the report in force at t has an end that is still to come.
 */
import type { FacetValue, UNSAID } from '../fold/projection.js'
import type { Window } from '../time/window.js'
import type { Form } from './model-forms.js'

/** A report that writes the facet. */
export interface Row {
  readonly form: Form
  readonly value: FacetValue | typeof UNSAID
  /** It speaks of a whole that the key's place is part of. */
  readonly reached: boolean
}

export interface Outcome {
  readonly value: FacetValue | null
  /** The report that says so; `null` where none has begun. */
  readonly row: Row | null
}

/** How picks are enumerated: one of each cell, or every whole instant of (finite) windows. */
export type Picks = 'cells' | 'every'

const MOST_WORLDS = 2_000_000

interface World {
  /** Instant picked for the row's start, and whether its end has come by t. */
  readonly rows: readonly { readonly row: Row; readonly at: number; readonly ended: boolean }[]
  readonly sweeps: readonly number[]
}

/**
 * Everything that is said of the facet at `t` in some world, with the report that says it.
 *
 * @throws Error when there are more than two million worlds, or `every` meets an open window.
 */
export function outcomes(
  rows: readonly Row[],
  sweeps: readonly Window[],
  t: number,
  picks: Picks,
): Outcome[] {
  const instants = picks === 'cells' ? cells(rows, sweeps, t) : every
  const choices = rows.map((row) =>
    instants(row.form.start).flatMap((at) =>
      endings(row.form, at, t).map((ended) => ({ row, at, ended })),
    ),
  )
  const sweepChoices = sweeps.map((sweep) => instants(sweep))
  const count = [...choices, ...sweepChoices].reduce((product, { length }) => product * length, 1)
  if (count > MOST_WORLDS) throw new Error(`${count} worlds are too many to try one by one`)

  const found = new Map<Row | null, Set<FacetValue | null>>()
  for (const picked of product(choices))
    for (const sweepsPicked of product(sweepChoices))
      for (const { row, value } of inWorld({ rows: picked, sweeps: sweepsPicked }, t))
        found.set(row, (found.get(row) ?? new Set()).add(value))
  return [...found].flatMap(([row, values]) => [...values].map((value) => ({ row, value })))
}

function inWorld(world: World, t: number): Outcome[] {
  const begun = world.rows.filter(({ at }) => at <= t)
  const coming = world.rows.filter(({ at }) => at > t)
  const newest = Math.max(...begun.map(({ at }) => at))
  const last = begun.filter(({ at }) => at === newest)

  const said: Outcome[] = last.map(({ row, ended }) => ({
    row,
    value: ended || typeof row.value === 'symbol' ? null : row.value,
  }))
  if (last.length === 0) said.push({ row: null, value: null })

  const endAhead = last.length > 0 && last.every(({ row, ended }) => row.form.end && !ended)
  if (!endAhead)
    for (const { row, at } of coming) {
      const between = (other: number) => t < other && other < at
      const stopped = coming.some((other) => between(other.at)) || world.sweeps.some(between)
      if (!stopped && isObservation(row) && typeof row.value !== 'symbol')
        said.push({ row, value: row.value })
    }
  return said
}

/** A claim with no mode is one; a stretch (`throughout`) is one too and reaches back from its first instant. */
const isObservation = ({ form }: Row) => form.claim.mode !== 'change'

/**
 * Whether an end may have come by `t`, and whether it may not, once the start lies at `at`. An
 * end bears on nothing but this, so its own picks need not be multiplied out.
 */
function endings({ end }: Form, at: number, t: number): boolean[] {
  if (end === null) return [false]
  const first = Math.max(end.from, at + 1)
  const last = end.to - 1
  return [
    ...(first <= Math.min(last, t) ? [true] : []),
    ...(Math.max(first, t + 1) <= last ? [false] : []),
  ]
}

const every = ({ from, to }: Window): number[] => {
  if (!Number.isFinite(to - from)) throw new Error('an open window has no end of instants')
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/**
 * One instant for each cell of the line, cut at every bound of the facet's windows, at t and
 * behind t. Worlds of other picks add nothing: all instants of a cell are inside or outside
 * each window together, and on the same side of t; picks in different cells keep their order
 * wherever they lie in them; for picks in one cell, a tie folds in every order, hence gives
 * whatever a strict order gives. The first instant of a cell leaves most room for an end after
 * it; before all bounds two instants are left free, for a start and its end.
 */
function cells(rows: readonly Row[], sweeps: readonly Window[], t: number) {
  const windows = [...rows.map(({ form }) => form.start), ...sweeps]
  const ends = rows.flatMap(({ form }) => (form.end === null ? [] : [form.end]))
  const bounds = [...windows, ...ends].flatMap(({ from, to }) => [from, to])
  const cuts = [...new Set([t, t + 1, ...bounds])].filter(Number.isFinite).sort((a, b) => a - b)
  const firsts = [cuts[0]! - 3, ...cuts]
  return ({ from, to }: Window) => firsts.filter((first) => from <= first && first < to)
}

/** Every way to pick one of each; one empty way where there is nothing to pick. */
function* product<T>(choices: readonly (readonly T[])[]): Generator<T[]> {
  const [first, ...rest] = choices
  if (first === undefined) yield []
  else for (const pick of first) for (const others of product(rest)) yield [pick, ...others]
}
