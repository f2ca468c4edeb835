/** Turns: where along each clock an answer about a place can change, and nowhere else. */
import { BY_DESK, NEVER } from '../fold/columns.js'
import { rowAt } from '../fold/narrow.js'
import { compareNumbers } from '../fold/order.js'
import type { Store } from '../fold/store.js'
import { BEGIN } from '../time/instant.js'
import { NOWHERE } from '../time/position.js'
import type { Coordinates } from './coordinates.js'
import { everRelevantTo, type StoreRow } from './relevant.js'
import type { Engine } from './subject.js'
import type { AccountRows } from './tellings.js'

/** Positions up to the reading's own from which an answer may be another, ascending; the first is before all. */
export function positionsTurning(
  { ledger }: Engine,
  rows: readonly StoreRow[],
  { cut }: Coordinates,
): number[] {
  const turns = new Set<number>([NOWHERE])
  for (const { store, row } of rows) {
    const { shown, hidden, report } = store.columns
    turns.add(shown[row]!)
    turns.add(hidden[row]!)
    for (const { position } of ledger.thoughtsAbout(report[row]!)) turns.add(position)
  }
  return [...turns].filter((turn) => turn !== NEVER && turn <= cut.known).sort(compareNumbers)
}

/**
 * The same of instants of publication, up to the reading's own cut. The desk's entries never begin a
 * new answer: no publication hides them.
 */
export function publicationsTurning(
  { ledger }: Engine,
  rows: readonly StoreRow[],
  { cut }: Coordinates,
): number[] {
  const turns = new Set<number>([BEGIN])
  for (const { store, row } of rows) {
    const { published, report, flags } = store.columns
    if ((flags[row]! & BY_DESK) !== 0) continue
    turns.add(published[row]!)
    for (const thought of ledger.thoughtsAbout(report[row]!)) turns.add(thought.published)
  }
  return [...turns].filter((turn) => turn <= cut.published).sort(compareNumbers)
}

/** Every row that ever bore on a place, for those. */
export function rowsEver(engine: Engine, store: Store, place: string, c: Coordinates): StoreRow[] {
  engine.ledger.bringForthAll(c.cut)
  return everRelevantTo(engine, store, place)
}

/** Instants at which what accounts say may change, ascending; ages and registries apart. */
export function wordsTurning(store: Store, accounts: readonly AccountRows[]): number[] {
  const turns = new Set<number>()
  const around = (earliest: number, last: number) => {
    for (const turn of [earliest, earliest + 1, last, last + 1]) turns.add(turn)
  }
  const { earliest, latest, endFrom, endTo } = store.columns
  for (const { keyRows } of accounts) {
    const { rows, sight, sweeps } = keyRows
    for (let i = rows.from; i < rows.to; i++) {
      const row = rowAt(rows, i)
      if (!sight.sees(row)) continue
      around(earliest[row]!, latest[row]! - 1)
      around(endFrom[row]!, endTo[row]! - 1)
    }
    // Sweeps keep observations from reaching back, and do nothing else to words.
    if (rows.observed) for (const sweep of sweeps) around(sweep.earliest, sweep.latest - 1)
  }
  return [...turns].filter(Number.isFinite).sort(compareNumbers)
}
