/**
 * Reading a register: per facet of a key what is settled and possible at an instant and a cut,
 * with what carries it. Rows are the key's own, those that reach down to it from wholes it was
 * part of when they began, and the sweeps of its account.
 */

import { compareUtf8 } from '../report/utf8.js'
import { type Instant, instant } from '../time/instant.js'
import type { Window } from '../time/window.js'
import { type Come, comeTo, supports } from './branching.js'
import { BY_DEFAULT, INCONSISTENT, UNSTATED } from './columns.js'
import type { Cut } from './cut.js'
import type { Ledger } from './ledger.js'
import { isDenial } from './meanings.js'
import { begunAt, Near, NO_ROWS, narrow, type Rows, rowAt } from './narrow.js'
import type { FacetValue, Key } from './projection.js'
import type { Sight } from './sight.js'
import type { Store } from './store.js'
import { NO_WORD, UNSET } from './values.js'
import type { Swept } from './worlds.js'

/** What the registry knows that folding needs, at an instant of valid time and a position. */
export interface Relations {
  /** Every place that `place` was part of at some time, however many steps up. */
  wholes(place: string, cut: Cut): readonly string[]
  isPart(place: string, whole: string, at: Instant, cut: Cut): boolean
  /** Every place that was ever part of a place, however many steps down. */
  partsEver(whole: string): Iterable<string>
  /** Whether no coverage of a source is known at all. */
  coversAll(source: string, cut: Cut): boolean
  /** Whether a source speaks of a place at all; a source with no coverage recorded speaks of all. */
  covers(source: string, place: string | undefined, at: Instant, cut: Cut): boolean
}

/** The name of the engine's own register of sweeps; its keys are `{ account }`. */
export const SWEEPS = 'sweeps'

export interface Carrier {
  readonly position: number
  readonly id: string
  readonly start: Window
  /** The window of the start where no time was stated, or none satisfies what was. */
  readonly flag: 'unstated' | 'inconsistent' | null
  readonly change: boolean
  readonly basis: string | null
  readonly status: string | null
  readonly published: Instant
  /** Set by a claim over a whole. */
  readonly derived: boolean
}

export interface FacetAt {
  readonly settled: FacetValue | null
  /** Unsaid (`null`) first where it is possible, then by canonical text. */
  readonly possible: readonly (FacetValue | null)[]
  /** The same for one who weighs: what only defaults say counts as silence. */
  readonly voiced: readonly (FacetValue | null)[]
  /** Of the settled value; `null` where that is unsaid. */
  readonly carrier: Carrier | null
  readonly supportedAt: Instant | null
  /** The carrier of what is settled first, then all that can be the last word, canonically. */
  readonly evidence: readonly string[]
}

/** Rows of a key in canonical order, not all of them seen; and those that reach it from a whole. */
export interface KeyRows {
  readonly rows: Rows
  readonly sight: Sight
  readonly derived: ReadonlySet<number>
  readonly sweeps: readonly Swept[]
  /** Some row may support its claim beyond its latest bound. */
  readonly stretched: boolean
  /** Some row may deny or name alternatives. */
  readonly branching: boolean
  /** A bit for each facet that some row may set; absent where any may be. */
  readonly facets?: number
}

const NONE_DERIVED: ReadonlySet<number> = new Set()

export function rowsOf(
  ledger: Ledger,
  store: Store,
  key: Key,
  cut: Cut,
  relations: Relations,
): KeyRows {
  ledger.bringForth(cut)
  const sight = ledger.sight(store, cut)
  const slot = store.slot(key)
  const sweeps = sweepsOf(ledger, key, cut, relations)
  const reaching = store.reaches ? reachingRows(ledger, store, key, cut, relations) : []
  if (reaching.length === 0) {
    const rows = slot === undefined ? NO_ROWS : store.rows(slot, 'own')
    const { stretched = false, branching = false, facets = 0 } = slot ?? {}
    return { rows, sight, derived: NONE_DERIVED, sweeps, stretched, branching, facets }
  }
  const own = store.list(slot, 'own').filter((row) => sight.sees(row))
  const list = [...own, ...reaching].sort((a, b) => store.compare(a, b))
  const rows = { list, from: 0, to: list.length, width: Number.POSITIVE_INFINITY, observed: true }
  const branching = list.some((row) => store.meanings.branches(store.columns.value[row]!))
  return { rows, sight, derived: new Set(reaching), sweeps, stretched: true, branching }
}

/** The rows that are seen, in canonical order. */
export function seenRows({ rows, sight }: KeyRows): number[] {
  const seen: number[] = []
  for (let i = rows.from; i < rows.to; i++) {
    const row = rowAt(rows, i)
    if (sight.sees(row)) seen.push(row)
  }
  return seen
}

function reachingRows(
  ledger: Ledger,
  store: Store,
  key: Key,
  cut: Cut,
  relations: Relations,
): number[] {
  const { place } = key
  if (place === undefined) return []
  return relations.wholes(place, cut).flatMap((whole) => {
    const slot = store.slot({ ...key, place: whole })
    if (slot === undefined || !slot.reaches) return []
    return ledger.visible(store, slot, 'reaching', cut).filter((row) => {
      const last = instant(store.columns.latest[row]! - 1)
      return relations.isPart(place, whole, last, cut)
    })
  })
}

/** Sweeps of a key's account that a cut sees and that cover its place, in canonical order. */
export function sweepsOf(ledger: Ledger, key: Key, cut: Cut, relations: Relations): Swept[] {
  const store = ledger.store(SWEEPS)
  const { account } = key
  if (store === undefined || account === undefined) return []
  const slot = store.slot({ account })
  if (slot === undefined) return []
  const c = store.columns
  return ledger
    .visible(store, slot, 'own', cut)
    .filter((row) => {
      const origin = ledger.chain(c.chain[row]!).at(-1)?.source
      const last = instant(c.latest[row]! - 1)
      return origin !== undefined && relations.covers(origin, key.place, last, cut)
    })
    .map((row) => ({ earliest: c.earliest[row]!, latest: c.latest[row]! }))
}

/** Facets of a key at t of which something is settled, or possible, in the projection's order. */
export function readFacets(
  ledger: Ledger,
  store: Store,
  keyRows: KeyRows,
  facets: readonly string[],
  t: Instant,
): Map<string, FacetAt> {
  const read = new Map<string, FacetAt>()
  if (keyRows.rows.from === keyRows.rows.to) return read
  const near = new Near()
  const set = keyRows.facets ?? -1
  for (const [number, facet] of facets.entries()) {
    if (((set >>> (number & 31)) & 1) === 0) continue
    const counts = (row: number) => store.word(row, number) !== UNSET && keyRows.sight.sees(row)
    const says = (row: number) => !isDenial(store.word(row, number))
    narrow(store.columns, keyRows.rows, counts, t, near, keyRows.branching ? says : null)
    if (near.size === 0) continue
    const at = readFacet(ledger, store, keyRows, near, number, t)
    if (at.settled !== null || at.possible.some((value) => value !== null)) read.set(facet, at)
  }
  return read
}

/** What the rows near t come to, which set the facet. */
function readFacet(
  ledger: Ledger,
  store: Store,
  keyRows: KeyRows,
  near: Near,
  facet: number,
  t: Instant,
): FacetAt {
  const { flags, report } = store.columns
  const { rows } = near
  const { branching, sweeps } = keyRows
  const come = comeTo(store, near, { facet, branching, sweeps }, t)
  const { carrier, said, unsaid } = come
  const isDefault = (i: number) => (flags[rows[i]!]! & BY_DEFAULT) !== 0
  const all = new Set(said.map(({ word }) => word))
  const loud = new Set(said.filter(({ row }) => !isDefault(row)).map(({ word }) => word))
  const first = carrier === -1 ? [] : [carrier]
  const others = [...come.by, ...said.map(({ row }) => row), ...come.silent]
  const evidence = [...first, ...others.sort((a, b) => a - b)].map((i) => report[rows[i]!]!)
  const standing = come.settled === NO_WORD ? null : rows[carrier]!
  // Ids are asked of the log, by those who look at them.
  let ids: readonly string[] | null = null
  return {
    settled: store.values.word(come.settled),
    possible: distinct(store, all, unsaid),
    voiced: distinct(store, loud, unsaid || loud.size < all.size),
    carrier: standing === null ? null : carrierOf(ledger, store, standing, { keyRows, facet }),
    supportedAt:
      standing === null ? null : supportedAt(store, keyRows, standing, { facet, come }, t),
    get evidence() {
      ids ??= [...new Set(evidence)].map((position) => ledger.id(position))
      return ids
    },
  }
}

/** Values of words in the order of their canonical texts, unsaid before them where it is possible. */
function distinct(store: Store, words: ReadonlySet<number>, unsaid: boolean): FacetAt['possible'] {
  const { values } = store
  const sorted = [...words].sort((a, b) => compareUtf8(values.text(a), values.text(b)))
  const said = sorted.map((word) => values.word(word))
  return unsaid ? [null, ...said] : said
}

function carrierOf(
  ledger: Ledger,
  store: Store,
  row: number,
  { keyRows, facet }: { readonly keyRows: KeyRows; readonly facet: number },
): Carrier {
  const c = store.columns
  const position = c.report[row]!
  const { basis, status, change } = store.values.beside(c.value[row]!)
  return {
    position,
    get id() {
      return ledger.id(position)
    },
    start: { from: instant(c.earliest[row]!), to: instant(c.latest[row]!) },
    flag: flagOf(c.flags[row]!),
    // A denial tells of nothing that came about.
    change: change && !isDenial(store.word(row, facet)),
    basis,
    status,
    published: instant(c.published[row]!),
    derived: keyRows.derived.has(row),
  }
}

function flagOf(flags: number): Carrier['flag'] {
  if ((flags & INCONSISTENT) !== 0) return 'inconsistent'
  return (flags & UNSTATED) !== 0 ? 'unstated' : null
}

/**
 * Last instant of the newest certain support: a claim of the value, a denial that it is compatible
 * with, or a sweep that found it standing (RULINGS 38). Of claims the carrier is the newest, save
 * where another was told as a stretch; denials may be newer.
 */
export function supportedAt(
  store: Store,
  { rows, sight, sweeps, stretched, branching }: KeyRows,
  carrier: number,
  { facet, come }: { readonly facet: number; readonly come: Pick<Come, 'settled' | 'denial'> },
  t: Instant,
): Instant {
  const c = store.columns
  let newest = Math.min(t, c.supportTo[carrier]!)
  if (stretched || branching)
    for (let i = begunAt(c, rows, t) - 1; i >= rows.from; i--) {
      const row = rowAt(rows, i)
      const code = store.word(row, facet)
      if (code !== UNSET && supports(store, code, come) && sight.sees(row))
        newest = Math.max(newest, Math.min(t, c.supportTo[row]!))
    }
  for (let i = sweeps.length - 1; i >= 0; i--) {
    const { latest } = sweeps[i]!
    if (latest - 1 > t) continue
    return instant(latest >= c.latest[carrier]! ? Math.max(newest, latest - 1) : newest)
  }
  return instant(newest)
}
