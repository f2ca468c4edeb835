/** Places whose answers may differ between two readings. */
import type { Store } from '../fold/store.js'
import type { Pair } from './diff.js'
import type { Engine } from './subject.js'

/** Every place that anything was ever said of, those reached as parts among them. */
export function everyPlace({ ledger, registry }: Engine, store: Store, pair: Pair): Set<string> {
  for (const { cut } of pair) ledger.bringForth(cut)
  const places = new Set<string>()
  for (const { key, reaches } of store.slots()) {
    if (key.place === undefined) continue
    places.add(key.place)
    if (reaches) for (const part of registry.partsEver(key.place)) places.add(part)
  }
  return places
}
