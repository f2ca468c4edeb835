/**
 * What the reads of a timeline stand on: a reading understood into coordinates, the ground that a
 * view stands on, and the promise that no entry is ever stamped before an instant answered for.
 */
import { everythingAt } from './fold/cut.js'
import type { RegisterProjection } from './fold/projection.js'
import type { Store } from './fold/store.js'
import { hex } from './integrity/hash.js'
import type { Log } from './log/contract.js'
import { type Coordinates, type Sources, understand } from './reading/coordinates.js'
import { checkPinned, isToken, parseToken, publishedOf } from './reading/token.js'
import type { Reading, Resolver } from './reading/types.js'
import { type Ground, View } from './reading/view.js'
import type { State } from './state.js'
import { type Instant, instant, printInstant } from './time/instant.js'
import { position } from './time/position.js'
import { resolverNamed } from './weigh/resolvers.js'

export interface ReadingsOptions {
  readonly log: Log
  readonly state: State
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly everyday: RegisterProjection
  /** Name and revision of every projection the timeline was opened with. */
  readonly projections: readonly (readonly [name: string, revision: number])[]
  readonly resolvers: readonly Resolver[]
}

export class Readings {
  readonly #options: ReadingsOptions
  readonly #resolvers: ReadonlyMap<string, Resolver>
  /** The latest instant that `known` was answered for. */
  #answered = Number.NEGATIVE_INFINITY

  constructor(options: ReadingsOptions) {
    this.#options = options
    this.#resolvers = new Map(options.resolvers.map((resolver) => [resolver.name, resolver]))
  }

  /** What the clock reads, but never before an instant that was answered for. */
  now(): Instant {
    return instant(Math.max(Math.trunc(this.#options.clock()), this.#answered))
  }

  get ground(): Ground {
    const { state, log, everyday, projections } = this.#options
    return {
      ledger: state.ledger,
      registry: state.registry,
      everyday,
      projections,
      log: log.id,
      leafAt: (known) => this.#leafAt(known),
    }
  }

  /** Rows of the everyday projection. */
  get store(): Store {
    const { state, everyday } = this.#options
    return state.ledger.store(everyday.name)!
  }

  /** For reads that ask at one instant after another. */
  get asking() {
    const { ground: engine, store } = this
    return { engine, store, coordinates: (reading: Reading) => this.coordinates(reading) }
  }

  /** @throws `invalid-reading`, `invalid-time`, `token-mismatch`. */
  view(reading: Reading | string): View {
    return new View(this.ground, this.coordinates(reading))
  }

  /**
   * A reading, a token of one, or an instant alone, understood.
   *
   * @throws `invalid-reading`, `invalid-time`, `token-mismatch`.
   */
  coordinates(reading: Reading | string): Coordinates {
    const { state } = this.#options
    const sources: Sources = {
      ledger: state.ledger,
      registry: state.registry,
      resolvers: this.#resolvers,
      answerFor: (known) => this.#answerFor(known),
    }
    if (typeof reading !== 'string') return understand(reading, sources)
    return isToken(reading)
      ? this.#pinned(reading, sources)
      : understand({ valid: reading }, sources)
  }

  /** @throws `unknown-name` for a place that no entry knows at the reading's position. */
  refuseUnknownPlace(place: string, c: Coordinates): void {
    new View(this.ground, { ...c, cut: everythingAt(c.cut.known) }).place(place)
  }

  #pinned(token: string, sources: Sources): Coordinates {
    const { state, log, projections } = this.#options
    const pinned = parseToken(token)
    const resolver = resolverNamed(pinned.resolver[0], this.#resolvers)
    checkPinned(pinned, {
      log: log.id,
      head: state.head,
      leaf: pinned.known > state.head ? '' : this.#leafAt(pinned.known),
      resolver: [pinned.resolver[0], resolver?.revision ?? 0],
      projections,
    })
    const c = understand(
      {
        valid: printInstant(instant(pinned.valid)),
        known: pinned.known,
        accounts: pinned.accounts ?? {},
        resolver: resolver!,
      },
      sources,
    )
    return { ...c, cut: { ...c.cut, published: publishedOf(pinned) } }
  }

  #leafAt(known: number): string {
    return known === 0 ? '' : hex(this.#options.log.at(position(known))!.leaf)
  }

  #answerFor(known: Instant): Instant {
    const now = Math.max(this.now(), this.#options.state.ledger.newestStamp)
    if (known <= now) this.#answered = Math.max(this.#answered, known)
    return instant(now)
  }
}
