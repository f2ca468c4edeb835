/**
 * Beliefs: how the answer for one instant moved as reports came in, as maximal runs of knowledge
 * with equal answers, each with the entry that began it (RULINGS 36).
 */

import { BY_DESK, NEVER } from '../fold/columns.js'
import type { Cut } from '../fold/cut.js'
import type { Ledger } from '../fold/ledger.js'
import { compareNumbers } from '../fold/order.js'
import { SWEEPS } from '../fold/register.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import { BEGIN, instant, printInstant } from '../time/instant.js'
import { NOWHERE, position } from '../time/position.js'
import { answerText, maximalRuns } from './answer.js'
import { type Coordinates, cutKnownAt } from './coordinates.js'
import { everRelevantTo, type StoreRow } from './relevant.js'
import { type Engine, readSubject } from './subject.js'
import type { Belief, PlaceView } from './types.js'

/** Runs of positions; a run ends where the next begins. */
export function beliefsByPosition(
  engine: Engine,
  store: Store,
  place: string,
  c: Coordinates,
): Belief[] {
  const { ledger } = engine
  const turns = new Set<number>([NOWHERE])
  ledger.bringForthAll(c.cut)
  for (const row of everRelevantTo(engine, store, place)) {
    const columns = row.store.columns
    turns.add(columns.shown[row.row]!)
    turns.add(columns.hidden[row.row]!)
    for (const thought of ledger.thoughtsAbout(columns.report[row.row]!))
      turns.add(thought.position)
  }
  const known = [...turns].filter((turn) => turn !== NEVER && turn <= c.cut.known)
  const steps = known.sort(compareNumbers).map((turn) => ({
    from: turn,
    value: readSubject(engine, store, place, {
      ...c,
      cut: cutKnownAt(c, position(turn), engine.registry),
    }),
  }))
  const name = (turn: number) => (turn === NOWHERE ? null : turn)
  return beliefs(steps, name, (turn) => (turn === NOWHERE ? null : ledger.id(turn)))
}

/**
 * Runs of instants of publication, up to the reading's own cut. The desk's entries never begin one:
 * no publication hides them. Of several entries published together the first id is named.
 */
export function beliefsByPublication(
  engine: Engine,
  store: Store,
  place: string,
  c: Coordinates,
): Belief[] {
  const { ledger } = engine
  ledger.bringForthAll(c.cut)
  const told = everRelevantTo(engine, store, place).filter(
    ({ store: { columns }, row }) => (columns.flags[row]! & BY_DESK) === 0,
  )
  const turns = new Set<number>([BEGIN])
  for (const { store: of, row } of told) {
    turns.add(of.columns.published[row]!)
    for (const { published } of ledger.thoughtsAbout(of.columns.report[row]!)) turns.add(published)
  }
  const asked = [...turns].filter((turn) => turn <= c.cut.published).sort(compareNumbers)
  const cutAt = (turn: number): Cut => ({ ...c.cut, published: instant(turn) })
  const steps = asked.map((turn) => ({
    from: turn,
    value: readSubject(engine, store, place, { ...c, cut: cutAt(turn) }),
  }))
  const name = (turn: number) => (turn === BEGIN ? null : printInstant(instant(turn)))
  return beliefs(steps, name, (turn) =>
    turn === BEGIN ? null : publishedFirst(ledger, told, [cutAt(turn - 1), cutAt(turn)]),
  )
}

/**
 * The first id of what was published at the later of two cuts: reports, sweeps of the accounts
 * that speak, and second thoughts about these.
 */
function publishedFirst(
  ledger: Ledger,
  told: readonly StoreRow[],
  [before, cut]: readonly [Cut, Cut],
): string | null {
  const isSeen = ({ store, row }: StoreRow, at: Cut) => ledger.visible(store, [row], at).length > 0
  const chainOf = ({ store, row }: StoreRow) => store.columns.chain[row]!
  const seen = told.filter((row) => isSeen(row, cut) || isSeen(row, before))
  const isSweep = ({ store }: StoreRow) => store.projection.name === SWEEPS
  const speaking = new Set(seen.filter((row) => !isSweep(row)).map(chainOf))
  const ids = seen
    .filter((row) => speaking.has(chainOf(row)))
    .flatMap((seenRow): string[] => {
      const { columns } = seenRow.store
      const report = columns.report[seenRow.row]!
      const isNew = columns.published[seenRow.row] === cut.published && isSeen(seenRow, cut)
      const thoughts = ledger
        .thoughtsAbout(report)
        .filter(({ published, chain }) => published === cut.published && chain.length > 0)
        .filter(({ position }) => position <= cut.known)
      return [...(isNew ? [ledger.id(report)] : []), ...thoughts.map(({ id }) => id)]
    })
  return ids.sort(compareUtf8)[0] ?? null
}

function beliefs(
  steps: readonly { readonly from: number; readonly value: PlaceView }[],
  name: (turn: number) => number | string | null,
  entry: (turn: number) => string | null,
): Belief[] {
  const runs = maximalRuns(steps, answerText)
  return runs.map(({ from, value }, i) => {
    const next = runs[i + 1]
    return {
      from: name(from),
      to: next === undefined ? null : name(next.from),
      entry: entry(from),
      state: value,
    }
  })
}
