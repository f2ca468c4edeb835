/**
 * Disputes at a reading: of places, or of a whole map at once, which is read from the columns of a
 * frame. They come by place, then by the names of the parties, then in the order of the projection's
 * rules, as views of places list them.
 */
import { RashomonError } from '../errors.js'
import type { RegisterProjection } from '../fold/projection.js'
import type { Store } from '../fold/store.js'
import { disputesBetween } from '../weigh/standing.js'
import type { Coordinates } from './coordinates.js'
import { sinceOf } from './disputes-since.js'
import type { DisputeAt, Since } from './disputes-types.js'
import { Pairs } from './pairs.js'
import type { Engine } from './subject.js'
import { accountsOf, tellingsAt } from './tellings.js'
import type { Dispute } from './types.js'

/** Of every place. */
export function disputesOnMap(engine: Engine, store: Store, c: Coordinates): DisputeAt[] {
  const pairs = new Pairs(engine, store, c)
  const { frame } = pairs
  const found: DisputeAt[] = []
  const since: SinceOf = (place, dispute) => sinceOf(engine, store, { place, dispute }, c)
  let from = 0
  for (const [number, place] of frame.places.entries()) {
    let to = from
    while (to < frame.size && frame.place[to] === number) to++
    for (let a = from; a < to; a++)
      for (let b = a + 1; b < to; b++)
        for (const dispute of pairs.disputes(a, b))
          found.push(new DisputeFace(place, dispute, since))
    from = to
  }
  return found
}

/**
 * Of some places, in the order in which they are named.
 *
 * @throws `unknown-name` for an id that no entry of the log knows.
 */
export function disputesOf(
  engine: Engine,
  store: Store,
  places: readonly string[],
  c: Coordinates,
): DisputeAt[] {
  for (const place of places) refuseUnknownPlace(engine, store, place)
  const since: SinceOf = (place, dispute) => sinceOf(engine, store, { place, dispute }, c)
  return places.flatMap((place) =>
    disputesIn(engine, store, place, c).map((dispute) => new DisputeFace(place, dispute, since)),
  )
}

/** As a view of the place lists them. */
function disputesIn(engine: Engine, store: Store, place: string, c: Coordinates): Dispute[] {
  const tellings = tellingsAt(engine, store, accountsOf(engine, store, place, c.cut), c)
  const { disputes } = store.projection as RegisterProjection
  return tellings.flatMap((a, i) =>
    tellings.slice(i + 1).flatMap((b) => disputesBetween(a, b, disputes)),
  )
}

type SinceOf = (place: string, dispute: Dispute) => Since

/** Since when is worked out when it is first asked for; JSON of it is the whole, as a plain object. */
class DisputeFace implements DisputeAt {
  readonly place: string
  readonly kind: Dispute['kind']
  readonly open: boolean
  readonly facets: readonly string[]
  readonly parties: readonly [string, string]
  readonly cause: Dispute['cause']
  readonly shared: Dispute['shared']
  readonly #since: SinceOf
  #found: Since | null = null

  constructor(place: string, dispute: Dispute, since: SinceOf) {
    this.place = place
    this.kind = dispute.kind
    this.open = dispute.open
    this.facets = dispute.facets
    this.parties = dispute.parties
    this.cause = dispute.cause
    this.shared = dispute.shared
    this.#since = since
  }

  get since(): Since {
    this.#found ??= this.#since(this.place, this)
    return this.#found
  }

  toJSON(): DisputeAt {
    return { ...this, since: this.since }
  }
}

export function refuseUnknownPlace(
  { ledger, registry }: Engine,
  store: Store,
  place: string,
): void {
  if (store.slotsWith('place', place).length > 0 || registry.knows('place', place, ledger.head))
    return
  throw new RashomonError(
    'unknown-name',
    `place: the log knows no place ${JSON.stringify(place)}; one that it lists under places would do`,
    { place: { field: 'place' }, data: { kind: 'place', id: place } },
  )
}
