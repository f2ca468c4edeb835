/**
 * What an answer about a subject can depend on: the rows of every account of it, what reaches it
 * from wholes, sweeps of those accounts, and the sources whose registry entries bear on standing.
 */
import type { Cut } from '../fold/cut.js'
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
  const copied = (id: string) => registry.idsEver('source', id, 'copies', cut.known)
  return { rows, sources: sourcesOf(engine, rows, copied) }
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
  const copied = (id: string) => registry.idsInAnyForm('source', id, 'copies')
  const entries = [
    ...places.map((id) => ({ place: id })),
    ...sourcesOf(engine, rows, copied).map((id) => ({ source: id })),
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
