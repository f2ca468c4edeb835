/**
 * Reading a register: per facet of a key what is settled and possible at an instant and a cut,
 * with what carries it. Rows are the key's own, those that reach down to it from wholes it was
 * part of when they began, and the sweeps of its account.
 */

import { compareUtf8 } from '../report/utf8.js'
import { type Instant, instant } from '../time/instant.js'
import type { Window } from '../time/window.js'
import { BY_DEFAULT, INCONSISTENT, UNSTATED } from './columns.js'
import type { Cut } from './cut.js'
import { canonicalText } from './intern.js'
import type { Ledger } from './ledger.js'
import { type FacetValue, type Key, UNSAID } from './projection.js'
import type { Store } from './store.js'
import { type Swept, type Writer, worldsAt } from './worlds.js'

/** What the registry knows that folding needs, at an instant of valid time and a position. */
export interface Relations {
  /** Every place that `place` was part of at some time, however many steps up. */
  wholes(place: string, cut: Cut): readonly string[]
  isPart(place: string, whole: string, at: Instant, cut: Cut): boolean
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

/** Rows of a key in canonical order; the set of those that reach it from a whole. */
export interface KeyRows {
  readonly rows: readonly number[]
  readonly derived: ReadonlySet<number>
  readonly sweeps: readonly Swept[]
}

const NO_ROWS: ReadonlySet<number> = new Set()

export function rowsOf(
  ledger: Ledger,
  store: Store,
  key: Key,
  cut: Cut,
  relations: Relations,
): KeyRows {
  ledger.bringForth(cut)
  const own = ledger.visible(store, store.slot(key)?.own ?? [], cut)
  const reaching = reachingRows(ledger, store, key, cut, relations)
  const sweeps = sweepsOf(ledger, key, cut, relations)
  if (reaching.length === 0) return { rows: own, derived: NO_ROWS, sweeps }
  const rows = [...own, ...reaching].sort((a, b) => store.compare(a, b))
  return { rows, derived: new Set(reaching), sweeps }
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
    if (slot === undefined || slot.reaching.length === 0) return []
    return ledger.visible(store, slot.reaching, cut).filter((row) => {
      const last = instant(store.columns.latest[row]! - 1)
      return relations.isPart(place, whole, last, cut)
    })
  })
}

function sweepsOf(ledger: Ledger, key: Key, cut: Cut, relations: Relations): Swept[] {
  const store = ledger.store(SWEEPS)
  const { account } = key
  if (store === undefined || account === undefined) return []
  const c = store.columns
  return ledger
    .visible(store, store.slot({ account })?.own ?? [], cut)
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
  for (const facet of facets) {
    const rows = keyRows.rows.filter((row) => facetOf(store, row, facet) !== undefined)
    if (rows.length === 0) continue
    const at = readFacet(ledger, store, keyRows, rows, facet, t)
    if (at.settled !== null || at.possible.some((value) => value !== null)) read.set(facet, at)
  }
  return read
}

export function facetOf(
  store: Store,
  row: number,
  facet: string,
): FacetValue | typeof UNSAID | undefined {
  return store.values.item(store.columns.value[row]!).facets[facet]
}

function readFacet(
  ledger: Ledger,
  store: Store,
  keyRows: KeyRows,
  rows: readonly number[],
  facet: string,
  t: Instant,
): FacetAt {
  const c = store.columns
  const valueAt = (i: number) => facetOf(store, rows[i]!, facet)
  const writers: Writer[] = rows.map((row, i) => ({ columns: c, row, says: valueAt(i) !== UNSAID }))
  const worlds = worldsAt(writers, keyRows.sweeps, t)

  const carried = worlds.carrier === -1 || worlds.lapsed ? UNSAID : valueAt(worlds.carrier)!
  const settled = carried === UNSAID ? null : carried
  const isDefault = (i: number) => (c.flags[rows[i]!]! & BY_DEFAULT) !== 0
  const all = worlds.said.map((i) => valueAt(i) as FacetValue)
  const loud = worlds.said.filter((i) => !isDefault(i)).map((i) => valueAt(i) as FacetValue)
  const last = worlds.carrier === -1 ? [] : [worlds.carrier]
  const others = [...worlds.said, ...worlds.silent].sort((a, b) => a - b)
  const evidence = new Set([...last, ...others].map((i) => ledger.id(c.report[rows[i]!]!)))
  return {
    settled,
    possible: distinct(all, worlds.unsaid),
    voiced: distinct(loud, worlds.unsaid || defaultOnly(all, loud)),
    carrier: settled === null ? null : carrierOf(ledger, store, rows[worlds.carrier]!, keyRows),
    supportedAt:
      settled === null
        ? null
        : supportedAt(store, keyRows, rows, facet, settled, worlds.carrier, t),
    evidence: [...evidence],
  }
}

/** Whether some value is said by defaults alone. */
function defaultOnly(all: readonly FacetValue[], loud: readonly FacetValue[]): boolean {
  const heard = new Set(loud.map(canonicalText))
  return all.some((value) => !heard.has(canonicalText(value)))
}

function distinct(values: readonly FacetValue[], unsaid: boolean): (FacetValue | null)[] {
  const byText = new Map(values.map((value) => [canonicalText(value), value]))
  const sorted = [...byText].sort(([a], [b]) => compareUtf8(a, b)).map(([, value]) => value)
  return unsaid ? [null, ...sorted] : sorted
}

function carrierOf(ledger: Ledger, store: Store, row: number, keyRows: KeyRows): Carrier {
  const c = store.columns
  const { basis, status, change } = store.values.item(c.value[row]!)
  return {
    position: c.report[row]!,
    id: ledger.id(c.report[row]!),
    start: { from: instant(c.earliest[row]!), to: instant(c.latest[row]!) },
    flag: flagOf(c.flags[row]!),
    change,
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

/** Last instant of the newest certain support: a claim of the value, or a sweep that found it standing (RULINGS 38). */
function supportedAt(
  store: Store,
  keyRows: KeyRows,
  rows: readonly number[],
  facet: string,
  settled: FacetValue,
  carrier: number,
  t: Instant,
): Instant {
  const c = store.columns
  const text = canonicalText(settled)
  let newest = Math.min(t, c.supportTo[rows[carrier]!]!)
  for (const row of rows) {
    if (c.latest[row]! - 1 > t) continue
    const value = facetOf(store, row, facet)
    if (value === undefined || value === UNSAID || canonicalText(value) !== text) continue
    newest = Math.max(newest, Math.min(t, c.supportTo[row]!))
  }
  for (const { latest } of keyRows.sweeps)
    if (latest - 1 <= t && latest >= c.latest[rows[carrier]!]!)
      newest = Math.max(newest, latest - 1)
  return instant(newest)
}
