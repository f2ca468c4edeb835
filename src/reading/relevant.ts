/**
 * What an answer about a subject can depend on: the rows of every account of it, what reaches it
 * from wholes, sweeps of those accounts, what others think of these reports and their sources, and the
 * sources and actors whose registry entries bear on standing and weighing.
 */
import type { Cut } from '../fold/cut.js'
import { deniedWord, isDenial } from '../fold/meanings.js'
import type { FacetValue } from '../fold/projection.js'
import { REGARD } from '../fold/regard.js'
import { rowsOf, SWEEPS, seenRows } from '../fold/register.js'
import type { Slot } from '../fold/slot.js'
import type { Store } from '../fold/store.js'
import type { Engine } from './subject.js'

export interface StoreRow {
  readonly store: Store
  readonly row: number
}

export interface Relevant {
  readonly rows: readonly StoreRow[]
  /** Every source in a chain of these accounts, and all that those ever copied. */
  readonly sources: readonly string[]
  /** Every actor that is named, and all that those ever were members of or allied with. */
  readonly actors: readonly string[]
}

/** What a cut sees of it. */
export function relevantTo(engine: Engine, store: Store, place: string, cut: Cut): Relevant {
  const { ledger, registry } = engine
  const rows: StoreRow[] = []
  const accounts = new Set<string>()
  ledger.bringForth(cut)
  for (const { key } of slotsOf(store, [place, ...registry.wholes(place, cut)])) {
    if (key.account === undefined || accounts.has(key.account)) continue
    const seen = seenRows(rowsOf(ledger, store, { place, account: key.account }, cut, registry))
    if (seen.length > 0) accounts.add(key.account)
    for (const row of seen) rows.push({ store, row })
  }
  const sweeps = ledger.store(SWEEPS)
  if (sweeps !== undefined)
    for (const account of accounts)
      for (const row of ledger.visible(sweeps, sweeps.slot({ account }), 'own', cut))
        rows.push({ store: sweeps, row })
  for (const { store: regard, slot } of regardOf(engine, rows))
    for (const row of ledger.visible(regard, slot, 'own', cut)) rows.push({ store: regard, row })
  const copied = (id: string) => registry.idsEver('source', id, 'copies', cut.known)
  const joined = (id: string) => SIDES.flatMap((f) => registry.idsEver('actor', id, f, cut.known))
  return { rows, sources: sourcesOf(engine, rows, copied), actors: actorsOf(engine, rows, joined) }
}

/** Every row ever under the same keys, whatever any cut sees, with those of the registry. */
export function everRelevantTo(engine: Engine, store: Store, place: string): StoreRow[] {
  const { ledger, registry } = engine
  const places = [place, ...registry.wholesInAnyForm(place)]
  const slots = slotsOf(store, places)
  const rows = slots.flatMap((slot) => all(store, slot))
  const sweeps = ledger.store(SWEEPS)
  if (sweeps !== undefined)
    for (const account of new Set(slots.map(({ key }) => key.account ?? '')))
      for (const row of all(sweeps, sweeps.slot({ account }))) rows.push(row)
  for (const { store: regard, slot } of regardOf(engine, rows)) rows.push(...all(regard, slot))
  const copied = (id: string) => registry.idsInAnyForm('source', id, 'copies')
  const joined = (id: string) => SIDES.flatMap((f) => registry.idsInAnyForm('actor', id, f))
  const entries = [
    ...places.map((id) => ({ place: id })),
    ...sourcesOf(engine, rows, copied).map((id) => ({ source: id })),
    ...actorsOf(engine, rows, joined).map((id) => ({ actor: id })),
  ]
  for (const key of entries) rows.push(...all(registry.store, registry.store.slot(key)))
  return rows
}

function all(store: Store, slot: Slot | undefined): StoreRow[] {
  const rows = [...store.list(slot, 'own'), ...store.list(slot, 'reaching')]
  return rows.map((row) => ({ store, row }))
}

function slotsOf(store: Store, places: readonly string[]): Slot[] {
  return places.flatMap((id) => [...store.slotsWith('place', id)])
}

function sourcesOf(
  { ledger }: Engine,
  rows: readonly StoreRow[],
  copied: (source: string) => readonly string[],
): string[] {
  const found = new Set<string>()
  const follow = (source: string): void => {
    if (found.has(source)) return
    found.add(source)
    for (const other of copied(source)) follow(other)
  }
  for (const { store, row } of rows)
    for (const { source } of ledger.chain(store.columns.chain[row]!)) follow(source)
  return [...found]
}

const SIDES = ['memberOf', 'alliedWith'] as const

/** Slots of what others think of the reports behind rows, and of their origins. */
function regardOf({ ledger }: Engine, rows: readonly StoreRow[]): { store: Store; slot: Slot }[] {
  const store = ledger.store(REGARD)
  if (store === undefined || store.columns.size === 0) return []
  const reports = new Set(rows.map(({ store: of, row }) => of.columns.report[row]!))
  const origins = new Set(
    rows.map(({ store: of, row }) => ledger.chain(of.columns.chain[row]!).at(-1)?.source ?? ''),
  )
  const slots = [
    ...[...reports].flatMap((report) => store.slotsWith('report', ledger.id(report))),
    ...[...origins].flatMap((origin) => store.slotsWith('source', origin)),
  ]
  return slots.map((slot) => ({ store, slot }))
}

function actorsOf(
  { registry }: Engine,
  rows: readonly StoreRow[],
  joined: (actor: string) => readonly string[],
): string[] {
  const found = new Set<string>()
  const follow = (actor: string): void => {
    if (found.has(actor) || registry.store.slot({ actor }) === undefined) return
    found.add(actor)
    for (const other of joined(actor)) follow(other)
  }
  const values = new Map<Store, Set<number>>()
  for (const { store, row } of rows) {
    const seen = values.get(store) ?? new Set()
    values.set(store, seen.add(store.columns.value[row]!))
  }
  for (const [store, numbers] of values)
    for (const number of numbers) for (const text of textsOf(store, number)) follow(text)
  return [...found]
}

/** Every text in what a row sets, or denies. */
function textsOf({ values }: Store, value: number): string[] {
  const { facets, table } = values
  return facets.flatMap((_, facet) => {
    const code = table[value * facets.length + facet]!
    return textsIn(values.word(isDenial(code) ? deniedWord(code) : code))
  })
}

function textsIn(value: FacetValue | null): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
