/**
 * A place of which what is settled was read already, and all else (since when, on what evidence, how
 * the accounts stand) is read when it is first asked for. Whoever walks a whole map for its holders
 * pays for the holders. JSON of it is the whole view; `toJSON()` gives that as a plain object.
 */

import type { Settled } from '../fold/cells.js'
import type { FacetValue } from '../fold/projection.js'
import type { AccountState, Dispute, PlaceView, Resolution, Standing } from './types.js'

/** How Node prints an object, which is its whole. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom')

export class PlaceFace implements PlaceView {
  readonly place: string
  readonly #settled: () => readonly Settled[]
  readonly #read: () => PlaceView
  #whole: PlaceView | null = null
  #accounts: readonly AccountState[] | null = null

  /** `settled` tells what is, by account; `read` reads the whole view at the same reading, at any later time. */
  constructor(place: string, settled: () => readonly Settled[], read: () => PlaceView) {
    this.place = place
    this.#settled = settled
    this.#read = read
  }

  get accounts(): readonly AccountState[] {
    this.#accounts ??= this.#settled().map(
      (settled, at) => new AccountFace(settled, () => this.toJSON().accounts[at]!),
    )
    return this.#accounts
  }

  get name(): string {
    return this.toJSON().name
  }

  get standing(): Standing {
    return this.toJSON().standing
  }

  get resolved(): Readonly<Record<string, Resolution>> {
    return this.toJSON().resolved
  }

  get disputes(): readonly Dispute[] {
    return this.toJSON().disputes
  }

  get parts(): readonly string[] {
    return this.toJSON().parts
  }

  get derived(): PlaceView['derived'] {
    return this.toJSON().derived
  }

  /** The whole view as a plain object. */
  toJSON(): PlaceView {
    this.#whole ??= this.#read()
    return this.#whole
  }

  [INSPECT](): PlaceView {
    return this.toJSON()
  }
}

class AccountFace implements AccountState {
  readonly account: string
  readonly control: Readonly<Record<string, FacetValue>>
  readonly #read: () => AccountState

  constructor({ account, facets }: Settled, read: () => AccountState) {
    this.account = account
    this.control = facets
    this.#read = read
  }

  get origin(): string {
    return this.#read().origin
  }

  get via(): readonly string[] {
    return this.#read().via
  }

  get publisher(): string {
    return this.#read().publisher
  }

  get alignment(): string | null {
    return this.#read().alignment
  }

  get certainty(): AccountState['certainty'] {
    return this.#read().certainty
  }

  get possible(): AccountState['possible'] {
    return this.#read().possible
  }

  get since(): AccountState['since'] {
    return this.#read().since
  }

  get supportedAt(): AccountState['supportedAt'] {
    return this.#read().supportedAt
  }

  get supportAge(): AccountState['supportAge'] {
    return this.#read().supportAge
  }

  get basis(): AccountState['basis'] {
    return this.#read().basis
  }

  get status(): AccountState['status'] {
    return this.#read().status
  }

  get derived(): readonly string[] {
    return this.#read().derived
  }

  get evidence(): AccountState['evidence'] {
    return this.#read().evidence
  }

  toJSON(): AccountState {
    return this.#read()
  }

  [INSPECT](): AccountState {
    return this.#read()
  }
}
