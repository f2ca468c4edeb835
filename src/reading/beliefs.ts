/**
 * Beliefs: how the answer for one instant moved as reports came in, as maximal runs of knowledge
 * with equal answers, each with the entry that began it (RULINGS 36).
 */

import { NEVER } from '../fold/columns.js'
import { compareNumbers } from '../fold/order.js'
import type { Store } from '../fold/store.js'
import { BEGIN, type Instant, instant, printInstant } from '../time/instant.js'
import { NOWHERE, position } from '../time/position.js'
import { answerText, maximalRuns } from './answer.js'
import { type Coordinates, cutKnownAt } from './coordinates.js'
import { everRelevantTo } from './relevant.js'
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

/** Runs of instants of publication, up to the reading's own cut. */
export function beliefsByPublication(
  engine: Engine,
  store: Store,
  place: string,
  c: Coordinates,
): Belief[] {
  const { ledger } = engine
  const entries = new Map<number, string>()
  const note = (published: Instant, id: string) => {
    if (published <= c.cut.published && !entries.has(published)) entries.set(published, id)
  }
  ledger.bringForthAll(c.cut)
  for (const row of everRelevantTo(engine, store, place)) {
    const columns = row.store.columns
    const report = columns.report[row.row]!
    if (report > c.cut.known) continue
    note(instant(columns.published[row.row]!), ledger.id(report))
    for (const thought of ledger.thoughtsAbout(report)) note(thought.published, thought.id)
  }
  const turns = [...entries.keys()].sort(compareNumbers)
  const steps = [BEGIN, ...turns].map((turn) => ({
    from: turn,
    value: readSubject(engine, store, place, { ...c, cut: { ...c.cut, published: instant(turn) } }),
  }))
  const name = (turn: number) => (turn === BEGIN ? null : printInstant(instant(turn)))
  return beliefs(steps, name, (turn) => entries.get(turn) ?? null)
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
