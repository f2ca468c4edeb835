/**
 * The view: the immutable face of the timeline at one reading. Others may append; a view does
 * not change, for its cut sees what it saw.
 */
import { RashomonError } from '../errors.js'
import { settledOf } from '../fold/cells.js'
import { type Frame, frameOf, settledIn } from '../fold/frame.js'
import type { FoldProjection, Key, Projection, RegisterProjection } from '../fold/projection.js'
import { readFold } from '../fold/recipe.js'
import { readFacets, rowsOf, seenRows } from '../fold/register.js'
import { keyText } from '../fold/slot.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import { END } from '../time/instant.js'
import { type Coordinates, settledReading } from './coordinates.js'
import { disputesOf, disputesOnMap } from './disputes.js'
import type { DisputeAt } from './disputes-types.js'
import { explain } from './explain.js'
import type { Explanation } from './explain-types.js'
import { PlaceFace } from './face.js'
import { originsIn, recordOf } from './record.js'
import { type ResolvedFacet, resolvedOf } from './resolved.js'
import { type Engine, facetReading, readSubject } from './subject.js'
import { printToken } from './token.js'
import type { FoldState, PlaceView, RegisterState, SettledReading, SourceRecord } from './types.js'

/** What a view stands on: the engine, the projection its everyday reads are bound to, and what pins it. */
export interface Ground extends Engine {
  readonly everyday: RegisterProjection
  /** Name and revision of every projection it was opened with. */
  readonly projections: readonly (readonly [name: string, revision: number])[]
  readonly log: string
  readonly leafAt: (known: number) => string
}

export class View {
  readonly #ground: Ground
  readonly #coordinates: Coordinates

  constructor(ground: Ground, coordinates: Coordinates) {
    this.#ground = ground
    this.#coordinates = coordinates
  }

  /** The coordinates as they were understood. */
  get reading(): SettledReading {
    return settledReading(this.#coordinates)
  }

  /** The reading as a string; `timeline.at(token)` gives the identical answer for ever. */
  get token(): string {
    const { valid, cut, filter, resolver } = this.#coordinates
    const { projections, log, leafAt } = this.#ground
    return printToken({
      log,
      known: cut.known,
      leaf: leafAt(cut.known),
      valid,
      published: cut.published === END ? null : cut.published,
      accounts: filter,
      resolver: [resolver.name, resolver.revision],
      projections,
    })
  }

  /**
   * A place as every account tells it.
   *
   * @throws `unknown-name` for an id that no entry of the log knows.
   */
  place(id: string): PlaceView {
    const { ledger, registry, everyday } = this.#ground
    const store = this.#store(everyday)
    if (store.slotsWith('place', id).length === 0 && !registry.knows('place', id, ledger.head))
      throw new RashomonError(
        'unknown-name',
        `place: the log knows no place ${JSON.stringify(id)}; one that it lists under places would do`,
        { place: { field: 'place' }, data: { kind: 'place', id } },
      )
    const { valid: t, cut } = this.#coordinates
    const settled = settledOf(ledger, store, registry, { cut, t, place: id })
    return new PlaceFace(id, { settled: () => settled, read: this.#reads(store) })
  }

  /**
   * Why a place reads as it does: what carries each answer, what lost and to which rule, and what
   * the reading does not see.
   *
   * @throws `unknown-name` for an id that no entry of the log knows.
   */
  explain(id: string): Explanation {
    const { place } = this.place(id)
    return explain(this.#ground, this.#store(this.#ground.everyday), place, this.#coordinates)
  }

  /** Every place of which anything is settled or possible, in the order of their ids (UTF-8 bytes). */
  *places(): Iterable<PlaceView> {
    const store = this.#store(this.#ground.everyday)
    const frame = this.frame()
    const ground = { settled: settledIn(frame), read: this.#reads(store) }
    let from = 0
    for (let number = 0; number < frame.places.length; number++) {
      let to = from
      while (to < frame.size && frame.place[to] === number) to++
      yield new PlaceFace(frame.places[number]!, ground, from, to)
      from = to
    }
  }

  /** The same in compact columns, for drawing and bulk work. */
  frame(): Frame {
    const { ledger, registry, everyday } = this.#ground
    const { valid: t, cut } = this.#coordinates
    return frameOf(ledger, this.#store(everyday), registry, { cut, t })
  }

  /**
   * How the claims of a source fared that it made before any independent origin did.
   *
   * @throws `unknown-name` for an id that no entry of the log knows.
   */
  record(source: string): SourceRecord {
    const { ledger, registry, everyday } = this.#ground
    if (registry.knows('source', source, ledger.head))
      return recordOf(this.#ground, this.#store(everyday), source, this.#coordinates)
    throw new RashomonError(
      'unknown-name',
      `source: the log knows no source ${JSON.stringify(source)}; one that it lists under sources would do`,
      { place: { field: 'source' }, data: { kind: 'source', id: source } },
    )
  }

  /** The same of every origin of any report that is seen, in the order of their ids (UTF-8 bytes). */
  records(): SourceRecord[] {
    const store = this.#store(this.#ground.everyday)
    const origins = originsIn(this.#ground, store, this.#coordinates)
    return origins.map((origin) => recordOf(this.#ground, store, origin, this.#coordinates))
  }

  /**
   * What the reading's resolver makes of every facet of every place, as `place(id).resolved` has it: by
   * place (UTF-8 bytes), then by facet. For the whole map at once.
   */
  resolved(): Iterable<ResolvedFacet> {
    return resolvedOf(this.#ground, this.#store(this.#ground.everyday), this.#coordinates)
  }

  /**
   * Disputes on the whole map, or of some places, each with since when it has stood: by place, then by
   * the names of the parties.
   *
   * @throws `unknown-name` for an id that no entry of the log knows.
   */
  disputes(places?: readonly string[]): DisputeAt[] {
    const store = this.#store(this.#ground.everyday)
    if (places === undefined) return disputesOnMap(this.#ground, store, this.#coordinates)
    return disputesOf(this.#ground, store, places, this.#coordinates)
  }

  /**
   * The state of any projection under one key.
   *
   * @throws `invalid-reading` when the timeline was opened without the projection.
   */
  state(projection: RegisterProjection, key: Key): RegisterState
  state<S>(projection: FoldProjection<S>, key: Key): FoldState<S>
  state(projection: Projection, key: Key): RegisterState | FoldState
  state(projection: Projection, key: Key): RegisterState | FoldState {
    const { ledger, registry } = this.#ground
    const { valid, cut } = this.#coordinates
    const store = this.#store(projection)
    if (projection.type === 'fold') return { key, ...readFold(ledger, store, key, valid, cut) }
    const keyRows = rowsOf(ledger, store, key, cut, registry)
    const facets = readFacets(ledger, store, keyRows, projection.facets, valid)
    const readings = [...facets].map(([facet, at]) => [facet, facetReading(at, valid)] as const)
    return { key, facets: Object.fromEntries(readings) }
  }

  /** Keys of a projection under which the view sees any report, of whatever instant, in canonical order. */
  keys(projection: Projection): Key[] {
    const { ledger, registry } = this.#ground
    const { cut } = this.#coordinates
    const store = this.#store(projection)
    const keys = new Map([...this.#keysOf(store)].map((key) => [keyText(key), key]))
    return [...keys]
      .filter(([, key]) => seenRows(rowsOf(ledger, store, key, cut, registry)).length > 0)
      .sort(([a], [b]) => compareUtf8(a, b))
      .map(([, key]) => key)
  }

  /** Keys under which anything was ever folded, of places that it reaches as parts too. */
  *#keysOf(store: Store): Iterable<Key> {
    this.#ground.ledger.bringForth(this.#coordinates.cut)
    for (const { key, reaches } of store.slots()) {
      yield key
      if (!reaches || key.place === undefined) continue
      for (const place of this.#ground.registry.partsEver(key.place)) yield { ...key, place }
    }
  }

  #reads(store: Store): (place: string) => PlaceView {
    return (place) => readSubject(this.#ground, store, place, this.#coordinates)
  }

  #store(projection: Projection): Store {
    const store = this.#ground.ledger.store(projection.name)
    if (store !== undefined && store.projection.revision === projection.revision) return store
    throw new RashomonError(
      'invalid-reading',
      `projection: the timeline was not opened with ${projection.name} revision ${projection.revision}; name it in openTimeline({ projections })`,
      { place: { field: 'projection' } },
    )
  }
}
