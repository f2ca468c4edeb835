/**
 * Since when two accounts have been in a dispute: asked back from the reading at every turn of its
 * clock, until it is found that it did not stand before.
 */

import type { RegisterProjection } from '../fold/projection.js'
import type { Store } from '../fold/store.js'
import { BEGIN, END, instant, printInstant } from '../time/instant.js'
import { position } from '../time/position.js'
import { disputesBetween } from '../weigh/standing.js'
import { atInstant, type Coordinates, cutKnownAt } from './coordinates.js'
import type { Since } from './disputes-types.js'
import type { Engine } from './subject.js'
import { type AccountRows, type At, accountsOf, tellingsAt } from './tellings.js'
import { positionsTurning, publicationsTurning, rowsEver, wordsTurning } from './turns.js'
import type { Dispute } from './types.js'

/** A dispute of a place. */
export interface Disputed {
  readonly place: string
  readonly dispute: Dispute
}

export function sinceOf(engine: Engine, store: Store, disputed: Disputed, c: Coordinates): Since {
  const rows = rowsEver(engine, store, disputed.place, c)
  const stood = (other: Coordinates) =>
    stands(engine, store, rowsAt(engine, store, disputed, other), disputed.dispute, other)
  const knownAt = (turn: number): Coordinates => ({
    ...c,
    cut: cutKnownAt(c, position(turn), engine.registry),
  })
  const known = backFrom(positionsTurning(engine, rows, c), (turn) => stood(knownAt(turn)))
  const since: Since = { valid: sinceValid(engine, store, disputed, c), known }
  if (c.cut.published === END) return since
  const published = backFrom(publicationsTurning(engine, rows, c), (turn) =>
    stood({ ...c, cut: { ...c.cut, published: instant(turn) } }),
  )
  return { ...since, published: published === BEGIN ? null : printInstant(instant(published)) }
}

function sinceValid(
  engine: Engine,
  store: Store,
  disputed: Disputed,
  c: Coordinates,
): string | null {
  const accounts = rowsAt(engine, store, disputed, c)
  const turns = wordsTurning(store, accounts).filter((turn) => turn <= c.valid)
  const first = turns[0]
  if (first === undefined) return null
  const stood = (turn: number) =>
    stands(engine, store, accounts, disputed.dispute, atInstant(c, instant(turn)))
  const since = backFrom([first - 1, ...turns], stood)
  return since === first - 1 ? null : printInstant(instant(since))
}

/** The first of the turns, ascending, from which on it stood at every one. */
function backFrom(turns: readonly number[], stood: (turn: number) => boolean): number {
  let since = turns.length - 1
  while (since > 0 && stood(turns[since - 1]!)) since--
  return turns[since]!
}

function rowsAt(
  engine: Engine,
  store: Store,
  { place, dispute }: Disputed,
  { cut }: Coordinates,
): AccountRows[] {
  return accountsOf(engine, store, place, cut, dispute.parties)
}

/** Whether the parties stand there in a dispute of the kind on one of the facets, at least as strict. */
function stands(
  engine: Engine,
  store: Store,
  accounts: readonly AccountRows[],
  { kind, facets, open }: Dispute,
  at: At,
): boolean {
  const [a, b] = tellingsAt(engine, store, accounts, at)
  if (a === undefined || b === undefined) return false
  const { disputes } = store.projection as RegisterProjection
  return disputesBetween(a, b, disputes).some(
    (other) =>
      other.kind === kind &&
      (open || !other.open) &&
      other.facets.some((facet) => facets.includes(facet)),
  )
}
