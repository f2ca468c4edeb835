/**
 * The naive model's heart: what one account says of one facet at an instant, by trying every
 * possible world (DESIGN 3, RULINGS 1, 2, 7-9, 15).
 *
 * A world picks an instant for the start of every report that writes the facet, for every end
 * that is claimed (after its start), and for every sweep of the account. Reports at one instant
 * fold in either order. In a world, what is possible at t is
 *
 * 1. what the reports begun by t come to, folded one after another, claims that end among them: what
 *    the last of them says, nothing once its end has come; a denial works on what stands
 *    (RULINGS 12), and what names alternatives may be any of them (RULINGS 13);
 * 2. beside it, what an observation after t says, unless a report or a sweep lies between t and
 *    it, or the report in force at t has an end that is still to come.
 */
import {
  type Denials,
  deniedValue,
  type FacetSet,
  type FacetValue,
  type RegisterProjection,
} from '../fold/projection.js'
import { instant } from '../time/instant.js'
import type { Window } from '../time/window.js'
import type { Form } from './model-forms.js'
import { canonical } from './model-order.js'

/** A report that writes the facet. */
export interface Row {
  readonly form: Form
  readonly value: FacetSet
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

/** What a register says of its values. */
export type Lore = Pick<RegisterProjection, 'alternatives' | 'denials'>

const MOST_WORLDS = 2_000_000

/** A row, where its start was picked, and its end (`null` where none is claimed). */
interface Picked {
  readonly row: Row
  readonly at: number
  readonly end: number | null
}

/** What stands at some instant, and the report that says so. */
export interface Standing {
  readonly value: FacetValue | null
  readonly row: Row | null
  /** It is a denial that stands. */
  readonly denial: boolean
  /** Every report that made the value what it is. */
  readonly by: readonly Row[]
  /** When the claim that stands ends. */
  readonly end: number | null
}

const NOTHING: Standing = { value: null, row: null, denial: false, by: [], end: null }

/**
 * Everything that is said of the facet at `t` in some world, with the report that says it.
 *
 * @throws Error when there are more than two million worlds, or `every` meets an open window.
 */
export function outcomes(
  rows: readonly Row[],
  sweeps: readonly Window[],
  { t, picks, lore }: { readonly t: number; readonly picks: Picks; readonly lore: Lore },
): Outcome[] {
  const denies = rows.some(denying)
  const instants = picks === 'cells' ? cells(rows, sweeps, { t, denies }) : every
  const choices = rows.map((row) =>
    instants(row.form.start).flatMap((at) =>
      endings(row.form, at, { t, instants: denies ? instants : null }).map((end) => ({
        row,
        at,
        end,
      })),
    ),
  )
  const sweepChoices = sweeps.map((sweep) => instants(sweep))
  const count = [...choices, ...sweepChoices].reduce((product, { length }) => product * length, 1)
  if (count > MOST_WORLDS) throw new Error(`${count} worlds are too many to try one by one`)

  const found = new Map<Row | null, Map<string, FacetValue | null>>()
  for (const picked of product(choices))
    for (const sweepsPicked of product(sweepChoices))
      for (const { row, value } of inWorld(picked, sweepsPicked, { t, lore }))
        found.set(row, (found.get(row) ?? new Map()).set(canonical(value), value))
  return [...found].flatMap(([row, values]) =>
    [...values.values()].flatMap((value) =>
      eachOf(value, lore).map((one) => ({ row, value: one })),
    ),
  )
}

/** What a value comes to where it is possible: each of its alternatives. */
function eachOf(value: FacetValue | null, { alternatives }: Lore): readonly (FacetValue | null)[] {
  return value === null ? [null] : (alternatives?.(value) ?? [value])
}

function inWorld(
  world: readonly Picked[],
  sweeps: readonly number[],
  { t, lore }: { readonly t: number; readonly lore: Lore },
): Outcome[] {
  const begun = world.filter(({ at }) => at <= t)
  const coming = world.filter(({ at }) => at > t)
  const standing = inEveryOrder(begun, (order) => folded(order, t, lore))
  const said: Outcome[] = standing.map(({ row, value }) => ({ row, value }))
  if (standing.every(({ end }) => end !== null && end > t)) return said
  for (const { row, at } of coming) {
    const between = (other: number) => t < other && other < at
    const stopped = coming.some((other) => between(other.at)) || sweeps.some(between)
    const value = saidBy(row)
    if (!stopped && isObservation(row) && value !== null) said.push({ row, value })
  }
  return said
}

/**
 * What picks that have all begun by `t` come to, in the order given: by their instants. A claim
 * that ends leaves nothing; at one instant it does so before what begins.
 */
export function folded(order: readonly Picked[], t: number, { denials }: Lore): Standing {
  let standing = NOTHING
  const lapse = (by: number) => {
    if (standing.end !== null && standing.end <= by) standing = { ...standing, ...LAPSED }
  }
  for (const { row, at, end } of order) {
    lapse(at)
    const denial = deniedValue(row.value)
    standing =
      denial === undefined
        ? { value: saidBy(row), row, denial: false, by: [row], end }
        : afterDenial(standing, { row, denial, denials: denials! })
  }
  lapse(t)
  return standing.value === null && standing.row !== null
    ? { ...standing, by: [standing.row] }
    : standing
}

const LAPSED = { value: null, end: null }

function afterDenial(
  standing: Standing,
  { row, denial, denials }: { row: Row; denial: FacetValue; denials: Denials },
): Standing {
  const { value, by } = standing
  const instead = { value: denial, row, denial: true, by: [row], end: null }
  if (value === null) return instead
  if (standing.denial) {
    const joined = denials.joined(value, denial)
    return same(joined, value) ? standing : { ...instead, value: joined, by: [...by, row] }
  }
  const left = denials.leaves(value, denial)
  if (left === null) return instead
  return same(left, value) ? standing : { ...standing, value: left, by: [...by, row] }
}

const same = (a: FacetValue, b: FacetValue) => canonical(a) === canonical(b)

const denying = ({ value }: Row) => deniedValue(value) !== undefined

/** The value that a row sets; `null` where it says nothing more, or denies. */
function saidBy(row: Row): FacetValue | null {
  return typeof row.value === 'symbol' || denying(row) ? null : (row.value as FacetValue)
}

/**
 * What picks come to in the order of their instants, those at one instant in every order. Whatever
 * comes before the last that does more than deny makes no difference: in what order, nor with
 * which of the denials at its instant.
 */
function inEveryOrder(picks: readonly Picked[], fold: (order: Picked[]) => Standing): Standing[] {
  const says = picks.filter(({ row }) => !denying(row))
  const newest = Math.max(...says.map(({ at }) => at))
  const last = says.filter(({ at }) => at === newest)
  const denials = picks.filter(({ row }) => denying(row))
  const beside = denials.filter(({ at }) => at === newest)
  const later = [...new Set(denials.map(({ at }) => at))]
    .filter((at) => at > newest)
    .sort((a, b) => a - b)
    .map((at) => orders(denials.filter((denial) => denial.at === at)))
  const first = last.flatMap((one) =>
    subsets(beside)
      .flatMap(orders)
      .map((some) => [one, ...some]),
  )
  return [...product([last.length === 0 ? [[]] : first, ...later])].map((order) =>
    fold(order.flat()),
  )
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((first, index) =>
    orders(items.toSpliced(index, 1)).map((others) => [first, ...others]),
  )
}

function subsets<T>(items: readonly T[]): T[][] {
  const [first, ...rest] = items
  if (first === undefined) return [[]]
  return subsets(rest).flatMap((some) => [some, [first, ...some]])
}

/** A claim with no mode is one; a stretch (`throughout`) is one too and reaches back from its first instant. */
const isObservation = ({ form }: Row) => form.claim.mode !== 'change'

/**
 * Where the end may lie, once the start lies at `at`. After t one pick is enough, and without
 * denials, where it bears on nothing but whether it has come, one before it.
 */
function endings(
  { end }: Form,
  at: number,
  { t, instants }: { t: number; instants: ((window: Window) => number[]) | null },
): (number | null)[] {
  if (end === null) return [null]
  const first = Math.max(end.from, at + 1)
  const last = end.to - 1
  const to = Math.min(last, t)
  const come =
    instants === null
      ? [first].filter(() => first <= to)
      : instants({ from: instant(first), to: instant(to + 1) })
  return [...come, ...(Math.max(first, t + 1) <= last ? [last] : [])]
}

const every = ({ from, to }: Window): number[] => {
  if (!Number.isFinite(to - from)) throw new Error('an open window has no end of instants')
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}

/**
 * Instants of each cell of the line, cut at every bound of the facet's windows, at t and behind t.
 * Worlds of other picks add nothing: all instants of a cell are inside or outside each window
 * together, and on the same side of t; picks in different cells keep their order wherever they lie
 * in them; for picks in one cell, a tie folds in every order, hence gives whatever a strict order
 * gives. The first instant of a cell leaves most room for an end after it. An end may come before or
 * after a denial, so where there are denials two instants are taken of a cell in which a claim can
 * end; before all bounds two are left free.
 */
function cells(
  rows: readonly Row[],
  sweeps: readonly Window[],
  { t, denies }: { readonly t: number; readonly denies: boolean },
) {
  const windows = [...rows.map(({ form }) => form.start), ...sweeps]
  const ends = rows.flatMap(({ form }) => (form.end === null ? [] : [form.end]))
  const bounds = [...windows, ...ends].flatMap(({ from, to }) => [from, to])
  const cuts = [...new Set([t, t + 1, ...bounds])].filter(Number.isFinite).sort((a, b) => a - b)
  const firsts = [cuts[0]! - 3, ...cuts]
  const canEnd = (at: number) => ends.some(({ from, to }) => from <= at && at < to)
  const taken = firsts.flatMap((first, index) => {
    const next = firsts[index + 1] ?? Number.POSITIVE_INFINITY
    return denies && canEnd(first) && first + 1 < next ? [first, first + 1] : [first]
  })
  return ({ from, to }: Window) => taken.filter((at) => from <= at && at < to)
}

/** Every way to pick one of each; one empty way where there is nothing to pick. */
function* product<T>(choices: readonly (readonly T[])[]): Generator<T[]> {
  const [first, ...rest] = choices
  if (first === undefined) yield []
  else for (const pick of first) for (const others of product(rest)) yield [pick, ...others]
}
