/**
 * Reading a fold: an immer recipe over the reports under a key that have certainly begun, in
 * canonical order, beside those that may have. One `produce` per read; keys are small.
 */
import { produce } from 'immer'
import type { Instant } from '../time/instant.js'
import type { Cut } from './cut.js'
import type { Ledger } from './ledger.js'
import type { FoldProjection, Key } from './projection.js'
import type { Store } from './store.js'
import { place } from './told.js'

export interface FoldAt<S> {
  readonly state: S
  /** Ids in canonical order. */
  readonly folded: readonly string[]
  readonly possible: readonly string[]
}

export function readFold<S>(
  ledger: Ledger,
  store: Store,
  key: Key,
  t: Instant,
  cut: Cut,
): FoldAt<S> {
  const projection = store.projection as FoldProjection<S>
  const c = store.columns
  ledger.bringForth(cut)
  const rows = ledger.visible(store, store.slot(key), 'own', cut)
  const begun = rows.filter((row) => c.latest[row]! - 1 <= t)
  const possible = rows.filter((row) => c.latest[row]! - 1 > t && c.earliest[row]! <= t)
  const told = begun.map((row) => {
    const recorded = ledger.recorded(c.report[row]!)
    return place(ledger.bodyOf(store, row), recorded).told
  })
  const state = produce(projection.initial(key), (draft) => {
    for (const report of told) projection.apply(draft as S, report, key)
  })
  const id = (row: number) => ledger.id(c.report[row]!)
  return { state, folded: begun.map(id), possible: possible.map(id) }
}
