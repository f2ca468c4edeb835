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

/** Where the faces of one walk read: what rows `[from, to)` of it settle, by account, and a whole view. */
export interface FaceGround {
  readonly settled: (from: number, to: number) => readonly Settled[]
  /** The same view at the same reading, at any later time. */
  readonly read: (place: string) => PlaceView
}

export class PlaceFace implements PlaceView {
  readonly place: string
  readonly #ground: FaceGround
  readonly #from: number
  readonly #to: number
  #whole: PlaceView | null = null
  #accounts: readonly AccountState[] | null = null

  constructor(place: string, ground: FaceGround, from = 0, to = 0) {
    this.place = place
    this.#ground = ground
    this.#from = from
    this.#to = to
  }

  get accounts(): readonly AccountState[] {
    this.#accounts ??= this.#ground
      .settled(this.#from, this.#to)
      .map((settled, at) => new AccountFace(settled, this, at))
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
    this.#whole ??= this.#ground.read(this.place)
    return this.#whole
  }

  [INSPECT](): PlaceView {
    return this.toJSON()
  }
}

class AccountFace implements AccountState {
  readonly account: string
  readonly control: Readonly<Record<string, FacetValue>>
  readonly #face: PlaceFace
  readonly #at: number

  /** What an account of a face settles, the `at`-th. */
  constructor({ account, facets }: Settled, face: PlaceFace, at: number) {
    this.account = account
    this.control = facets
    this.#face = face
    this.#at = at
  }

  get origin(): string {
    return this.toJSON().origin
  }

  get via(): readonly string[] {
    return this.toJSON().via
  }

  get publisher(): string {
    return this.toJSON().publisher
  }

  get alignment(): string | null {
    return this.toJSON().alignment
  }

  get certainty(): AccountState['certainty'] {
    return this.toJSON().certainty
  }

  get possible(): AccountState['possible'] {
    return this.toJSON().possible
  }

  get since(): AccountState['since'] {
    return this.toJSON().since
  }

  get supportedAt(): AccountState['supportedAt'] {
    return this.toJSON().supportedAt
  }

  get supportAge(): AccountState['supportAge'] {
    return this.toJSON().supportAge
  }

  get basis(): AccountState['basis'] {
    return this.toJSON().basis
  }

  get status(): AccountState['status'] {
    return this.toJSON().status
  }

  get derived(): readonly string[] {
    return this.toJSON().derived
  }

  get evidence(): AccountState['evidence'] {
    return this.toJSON().evidence
  }

  toJSON(): AccountState {
    return this.#face.toJSON().accounts[this.#at]!
  }

  [INSPECT](): AccountState {
    return this.toJSON()
  }
}
