/**
 * Diff: what differs between two readings, whichever of their coordinates differ. Two instants:
 * what happened; two positions or publication dates: what was learned; two sets of accounts or two
 * resolvers: where they part. Every change names the reports that caused it.
 */
import type { Store } from '../fold/store.js'
import type { Coordinates } from './coordinates.js'
import { settledReading } from './coordinates.js'
import {
  type Bare,
  type Change,
  changesBetween,
  compareChanges,
  type Diff,
  placeAnswer,
} from './diff-answers.js'
import { Causes } from './diff-causes.js'
import { touchedBetween } from './diff-touched.js'
import { type Engine, readSubject } from './subject.js'
import type { PlaceView } from './types.js'

/** Two readings of one log. */
export type Pair = readonly [a: Coordinates, b: Coordinates]

export function diffOf(engine: Engine, store: Store, pair: Pair): Diff {
  const [a, b] = pair
  const causes = new Causes(engine, store, pair)
  const changes: Change[] = []
  for (const place of touchedBetween(engine, store, pair).keys())
    changes.push(...changesAt(engine, store, place, pair, causes))
  return {
    from: settledReading(a),
    to: settledReading(b),
    changes: changes.sort(compareChanges),
  }
}

/** All that changes of one place. */
function changesAt(
  engine: Engine,
  store: Store,
  place: string,
  [a, b]: Pair,
  causes: Causes,
): Change[] {
  const views = [
    readSubject(engine, store, place, a),
    readSubject(engine, store, place, b),
  ] as const
  const [from, to] = views.map((view) => (view.accounts.length === 0 ? null : placeAnswer(view)))
  if (from == null && to == null) return []
  return withCauses(changesBetween(from ?? null, to ?? null), views, causes)
}

/** The same changes with the reports that caused them. */
function withCauses(
  changes: readonly Bare[],
  views: readonly PlaceView[],
  causes: Causes,
): Change[] {
  if (changes.length === 0) return []
  const facets = changes.flatMap((change) =>
    change.type === 'facet'
      ? [{ ...change, found: causes.ofFacet(change.place, change.account, change.facet) }]
      : [],
  )
  const accounts = views.flatMap((view) => view.accounts)
  const sources = new Set(accounts.flatMap(({ via, origin }) => [...via, origin]))
  const reports = new Set(accounts.flatMap(({ evidence }) => Object.values(evidence).flat()))
  return changes.map((change): Change => {
    const found = new Set<number>()
    for (const one of facets)
      if (
        change.type === 'standing' ||
        (change.type === 'resolved' ? one.facet === change.facet : isOf(one, change))
      )
        for (const position of one.found) found.add(position)
    if (change.type !== 'facet') causes.ofSources(sources, found)
    if (change.type === 'resolved') causes.ofRegard(sources, reports, found)
    return { ...change, reports: causes.ids(found) }
  })
}

interface Told {
  readonly account: string
  readonly facet: string
}

const isOf = (a: Told, b: Told) => a.account === b.account && a.facet === b.facet
