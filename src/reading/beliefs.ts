/**
 * Beliefs: how the answer for one instant moved as reports came in, as maximal runs of knowledge
 * with equal answers, each with the entry that began it (RULINGS 36).
 */

import { BY_DESK, NEVER } from '../fold/columns.js'
import type { Cut } from '../fold/cut.js'
import { compareNumbers } from '../fold/order.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import { BEGIN, instant, printInstant } from '../time/instant.js'
import { NOWHERE, position } from '../time/position.js'
import { answerText, maximalRuns } from './answer.js'
import { type Coordinates, cutKnownAt } from './coordinates.js'
import { everRelevantTo, relevantTo, type StoreRow } from './relevant.js'
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
    turn === BEGIN ? null : publishedFirst(engine, store, place, [cutAt(turn - 1), cutAt(turn)]),
  )
}

/**
 * The first id of what was published at the later of two cuts: of reports that bear on the place
 * there, and of second thoughts about those that do or did.
 */
function publishedFirst(
  engine: Engine,
  store: Store,
  place: string,
  [before, cut]: readonly [Cut, Cut],
): string | null {
  const { ledger } = engine
  const { published, known } = cut
  const reportOf = ({ store: of, row }: StoreRow) => of.columns.report[row]!
  const gone = relevantTo(engine, store, place, before).rows
  const seen = relevantTo(engine, store, place, cut).rows
  const told = seen.filter(({ store: of, row }) => of.columns.published[row] === published)
  const reports = new Set([...gone, ...seen].map(reportOf))
  const thoughts = [...reports]
    .flatMap((report) => ledger.thoughtsAbout(report))
    .filter((thought) => thought.published === published && thought.position <= known)
    .filter(({ chain }) => chain.length > 0)
    .map(({ id }) => id)
  const ids = [...thoughts, ...told.map((row) => ledger.id(reportOf(row)))]
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
