/**
 * History: every maximal stretch of valid time with equal answers, from the beginning of time to
 * its end, without gaps (RULINGS 35). An answer can change only where a bound of some row, sweep
 * or registry interval lies, so it is asked there and nowhere else.
 */
import { compareNumbers } from '../fold/order.js'
import type { Store } from '../fold/store.js'
import { instant, printInstant } from '../time/instant.js'
import { answerText, isUncertain, maximalRuns } from './answer.js'
import { atInstant, type Coordinates } from './coordinates.js'
import { relevantTo } from './relevant.js'
import { type Engine, readSubject } from './subject.js'
import type { PlaceView, Stretch } from './types.js'

export function historyOf(engine: Engine, store: Store, place: string, c: Coordinates): Stretch[] {
  const turns = turnsOf(engine, store, place, c)
  const before = turns.length === 0 ? 0 : turns[0]! - 1
  const steps = [null, ...turns].map((turn) => ({
    from: turn,
    value: readSubject(engine, store, place, atInstant(c, instant(turn ?? before))),
  }))
  const runs = maximalRuns(steps, answerText)
  const transitions = boundedUncertain(runs.map(({ value }) => value))
  const at = (turn: number | null | undefined) =>
    turn == null ? null : printInstant(instant(turn))
  return runs.map(({ from, value }, i) => ({
    from: at(from),
    to: at(runs[i + 1]?.from),
    kind: transitions.has(i) ? 'transition' : 'state',
    state: value,
  }))
}

/** Instants at which the answer may change, ascending. */
function turnsOf(engine: Engine, store: Store, place: string, c: Coordinates): number[] {
  const turns = new Set<number>()
  const { rows, sources, actors } = relevantTo(engine, store, place, c.cut)
  for (const { store: of, row } of rows) {
    const columns = of.columns
    const last = columns.latest[row]! - 1
    const support = columns.supportTo[row]!
    const earliest = columns.earliest[row]!
    for (const turn of [earliest, earliest + 1, last, last + 1, support, support + 1])
      turns.add(turn)
    for (const turn of [columns.endFrom[row]!, columns.endTo[row]! - 1]) turns.add(turn)
  }
  for (const source of sources)
    for (const turn of engine.registry.bounds('source', source, c.cut.known)) turns.add(turn)
  for (const actor of actors)
    for (const turn of engine.registry.bounds('actor', actor, c.cut.known)) turns.add(turn)
  return [...turns].filter(Number.isFinite).sort(compareNumbers)
}

/** Indices of uncertain stretches that lie between two certain ones. */
function boundedUncertain(views: readonly PlaceView[]): Set<number> {
  const found = new Set<number>()
  const certain = views.map((view) => !isUncertain(view))
  const first = certain.indexOf(true)
  const last = certain.lastIndexOf(true)
  for (let i = first + 1; first !== -1 && i < last; i++) if (!certain[i]) found.add(i)
  return found
}
