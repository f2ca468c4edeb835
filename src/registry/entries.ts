/**
 * The registry: places, actors and sources, as the desk's own reports tell them. It is a register
 * like any other, so voids, entry corrections and earlier positions hold for it without a word of
 * its own; its entries hold over certain intervals (RULINGS 28).
 */
import { type Cut, everythingAt } from '../fold/cut.js'
import type { Ledger } from '../fold/ledger.js'
import { defineProjection, type FacetValue } from '../fold/projection.js'
import type { Relations } from '../fold/register.js'
import type { Slot } from '../fold/slot.js'
import type { Store } from '../fold/store.js'
import { END, type Instant, instant } from '../time/instant.js'
import type { Position } from '../time/position.js'

export type EntryKind = 'place' | 'actor' | 'source'

const KINDS: readonly EntryKind[] = ['place', 'actor', 'source']
const FIELDS = [
  'name',
  'names',
  'type',
  'point',
  'vague',
  'zone',
  'partOf',
  'level',
  'memberOf',
  'alliedWith',
  'alignment',
  'coverage',
  'licence',
  'credit',
  'copies',
  'unnamed',
] as const

export const registryProjection = defineProjection({
  type: 'register',
  name: 'registry',
  reads: KINDS,
  facets: FIELDS,
  *sets({ claim }) {
    const kind = claim.kind as EntryKind
    const stated = FIELDS.filter((field) => claim[field] !== undefined)
    const facets = Object.fromEntries(stated.map((field) => [field, claim[field] as FacetValue]))
    yield { key: { [kind]: String(claim[kind]) }, facets }
  },
})

export interface RegistryEntry {
  readonly kind: EntryKind
  readonly id: string
  /** The first name at the instant, else the id. */
  readonly name: string
  /** Every name it has or had, the current ones first. */
  readonly names: readonly string[]
  readonly fields: Readonly<Record<string, FacetValue>>
}

export class Registry implements Relations {
  readonly #ledger: Ledger
  readonly store: Store
  #children: { readonly head: Position; readonly of: Map<string, Set<string>> } | null = null

  constructor(ledger: Ledger) {
    this.#ledger = ledger
    this.store = ledger.store(registryProjection.name)!
  }

  /** Whether an id has any entry at a position. */
  knows(kind: EntryKind, id: string, known: Position): boolean {
    return this.#rows(this.store.slot({ [kind]: id }), everythingAt(known)).length > 0
  }

  /** Entries of a kind at an instant, in the order of their first appearance in the log. */
  *entries(kind: EntryKind, t: Instant, known: Position): Iterable<RegistryEntry> {
    for (const slot of this.store.slots()) {
      const id = slot.key[kind]
      if (id === undefined) continue
      const entry = this.entry(kind, id, t, known)
      if (entry !== undefined) yield entry
    }
  }

  entry(kind: EntryKind, id: string, t: Instant, known: Position): RegistryEntry | undefined {
    const rows = this.#rows(this.store.slot({ [kind]: id }), everythingAt(known))
    if (rows.length === 0) return undefined
    const fields: Record<string, FacetValue> = {}
    for (const field of FIELDS) {
      const value = this.#settled(rows, field, t)
      if (value !== null) fields[field] = value
    }
    const current = namesIn(fields.name, fields.names)
    const ever = rows.flatMap((row) => namesIn(this.#facet(row, 'name'), this.#facet(row, 'names')))
    const names = [...new Set([...current, ...ever])]
    return { kind, id, name: current[0] ?? id, names, fields }
  }

  /** One field of an entry as settled at an instant; `null` where it says nothing. */
  field(kind: EntryKind, id: string, field: string, t: Instant, cut: Cut): FacetValue | null {
    const rows = this.#rows(this.store.slot({ [kind]: id }), everythingAt(cut.known))
    return this.#settled(rows, field, t)
  }

  /** A field that lists ids; empty where it says nothing. */
  ids(kind: EntryKind, id: string, field: string, t: Instant, cut: Cut): readonly string[] {
    return idsIn(this.field(kind, id, field, t, cut))
  }

  /** Every id that a listing field of an entry named at any time. */
  idsEver(kind: EntryKind, id: string, field: string, known: Position): readonly string[] {
    const rows = this.#rows(this.store.slot({ [kind]: id }), everythingAt(known))
    return [...new Set(rows.flatMap((row) => idsIn(this.#facet(row, field))))]
  }

  /** The same, of entries as well that were since voided or corrected, or are yet unknown. */
  idsInAnyForm(kind: EntryKind, id: string, field: string): readonly string[] {
    const rows = this.store.list(this.store.slot({ [kind]: id }), 'own')
    return [...new Set(rows.flatMap((row) => idsIn(this.#facet(row, field))))]
  }

  wholes(place: string, cut: Cut): readonly string[] {
    return reached(place, (part) => this.idsEver('place', part, 'partOf', cut.known))
  }

  /** Every place that a place was ever entered as a part of, whatever became of the entry. */
  wholesInAnyForm(place: string): readonly string[] {
    return reached(place, (part) => this.idsInAnyForm('place', part, 'partOf'))
  }

  isPart(place: string, whole: string, at: Instant, cut: Cut): boolean {
    return this.reaches('place', place, 'partOf', at, cut).has(whole)
  }

  /** Places directly part of a place at an instant, in the order of their ids. */
  parts(whole: string, at: Instant, cut: Cut): readonly string[] {
    const candidates = [...(this.#childrenOf(whole) ?? [])]
    return candidates
      .filter((part) => this.ids('place', part, 'partOf', at, cut).includes(whole))
      .sort()
  }

  /** Every place that was ever entered as part of a place, however many steps down. */
  partsEver(whole: string): ReadonlySet<string> {
    const found = new Set<string>()
    const descend = (place: string): void => {
      for (const part of this.#childrenOf(place) ?? []) {
        if (found.has(part)) continue
        found.add(part)
        descend(part)
      }
    }
    descend(whole)
    return found
  }

  coversAll(source: string, cut: Cut): boolean {
    const rows = this.#rows(this.store.slot({ source }), everythingAt(cut.known))
    return rows.every((row) => this.#facet(row, 'coverage') === null)
  }

  covers(source: string, place: string | undefined, at: Instant, cut: Cut): boolean {
    const coverage = this.field('source', source, 'coverage', at, cut) as {
      places?: string[]
    } | null
    if (coverage?.places === undefined) return true
    if (place === undefined) return false
    return coverage.places.some((area) => area === place || this.isPart(place, area, at, cut))
  }

  /** All that an entry leads to through a listing field, step by step, at an instant. */
  reaches(kind: EntryKind, id: string, field: string, at: Instant, cut: Cut): ReadonlySet<string> {
    const found = new Set<string>()
    const climb = (from: string): void => {
      for (const next of this.ids(kind, from, field, at, cut)) {
        if (found.has(next)) continue
        found.add(next)
        climb(next)
      }
    }
    climb(id)
    return found
  }

  /** Whether two origins are known not to copy one another, nor a third, at an instant. */
  independent(a: string, b: string, at: Instant, cut: Cut): boolean {
    const copied = (origin: string) =>
      new Set([origin, ...this.reaches('source', origin, 'copies', at, cut)])
    const others = copied(b)
    return ![...copied(a)].some((origin) => others.has(origin))
  }

  /** The alignment of a chain's origin, else of the nearest teller that has one. */
  alignment(chain: readonly string[], at: Instant, cut: Cut): string | null {
    for (const source of [...chain].reverse()) {
      const alignment = this.field('source', source, 'alignment', at, cut)
      if (typeof alignment === 'string') return alignment
    }
    return null
  }

  /** What a listing field named over time: each id with the stretch `[from, until)` in which it was so. */
  stretches(
    kind: EntryKind,
    id: string,
    field: string,
    cut: Cut,
  ): { readonly to: string; readonly from: Instant; readonly until: Instant }[] {
    const c = this.store.columns
    const rows = this.#rows(this.store.slot({ [kind]: id }), cut).filter(
      (row) => this.#facet(row, field) !== null,
    )
    return rows.flatMap((row, i) => {
      const next = rows[i + 1]
      const from = instant(c.earliest[row]!)
      const end = instant(c.endTo[row]! - 1)
      const until = next === undefined ? end : instant(Math.min(end, c.earliest[next]!))
      return idsIn(this.#facet(row, field)).map((to) => ({ to, from, until }))
    })
  }

  /** Instants at which what the registry says of an entry changes, as known at a position. */
  *bounds(kind: EntryKind, id: string, known: Position): Iterable<number> {
    const c = this.store.columns
    for (const row of this.#rows(this.store.slot({ [kind]: id }), everythingAt(known))) {
      yield c.latest[row]! - 1
      yield c.endTo[row]! - 1
    }
  }

  #childrenOf(whole: string): ReadonlySet<string> | undefined {
    if (this.#children?.head !== this.#ledger.head) {
      const of = new Map<string, Set<string>>()
      for (const { key, row } of this.store.setting('partOf'))
        for (const id of idsIn(this.#facet(row, 'partOf'))) {
          const parts = of.get(id) ?? new Set()
          of.set(id, parts.add(key.place!))
        }
      this.#children = { head: this.#ledger.head, of }
    }
    return this.#children.of.get(whole)
  }

  #rows(slot: Slot | undefined, cut: Cut): number[] {
    return this.#ledger.visible(this.store, slot, 'own', cut)
  }

  #facet(row: number, field: string): FacetValue | null {
    const value = this.store.facet(row, field)
    return value === undefined || typeof value === 'symbol' ? null : value
  }

  #settled(rows: readonly number[], field: string, t: Instant): FacetValue | null {
    const c = this.store.columns
    const row = rows.findLast((r) => c.latest[r]! - 1 <= t && this.#facet(r, field) !== null)
    if (row === undefined) return null
    const endTo = c.endTo[row]!
    // At the end of time what has no end is still in force.
    return endTo < END && endTo - 1 <= t ? null : this.#facet(row, field)
  }
}

/** All that `next` leads to from an id, step by step, itself left out. */
function reached(from: string, next: (id: string) => readonly string[]): string[] {
  const found = new Set<string>()
  const climb = (id: string): void => {
    for (const further of next(id)) {
      if (found.has(further) || further === from) continue
      found.add(further)
      climb(further)
    }
  }
  climb(from)
  return [...found]
}

function idsIn(value: FacetValue | null): readonly string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []
}

function namesIn(
  name: FacetValue | null | undefined,
  names: FacetValue | null | undefined,
): string[] {
  const others = Array.isArray(names) ? names : []
  const texts = others.map((n) =>
    typeof n === 'string' ? n : (n as { name?: unknown } | null)?.name,
  )
  return [name, ...texts].filter((text): text is string => typeof text === 'string')
}
