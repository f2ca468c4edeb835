/**
 * A place as a frame shows it: what is settled stands there already, all else (since when, on what
 * evidence, how the accounts stand) is read when it is first asked for. Whoever walks a whole map
 * for its holders pays for the holders. JSON of it is the whole view.
 */

import type { Frame } from '../fold/frame.js'
import type { FacetValue } from '../fold/projection.js'
import type { AccountState, Dispute, PlaceView, Resolution, Standing } from './types.js'

/** How Node prints an object, which is its whole. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/** Rows `[from, to)` of a frame, which are those of one place. */
export interface PlaceRows {
  readonly frame: Frame
  readonly from: number
  readonly to: number
}

export class PlaceFace implements PlaceView {
  readonly place: string
  readonly #rows: PlaceRows
  readonly #read: () => PlaceView
  #whole: PlaceView | null = null
  #accounts: readonly AccountState[] | null = null

  /** `read` reads the whole view at the same reading, at any later time. */
  constructor(place: string, rows: PlaceRows, read: () => PlaceView) {
    this.place = place
    this.#rows = rows
    this.#read = read
  }

  get accounts(): readonly AccountState[] {
    if (this.#accounts !== null) return this.#accounts
    const { frame, from, to } = this.#rows
    const accounts: AccountState[] = []
    for (let row = from; row < to; row++)
      accounts.push(new AccountFace(frame, row, () => this.toJSON().accounts[row - from]!))
    this.#accounts = accounts
    return accounts
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
  readonly #frame: Frame
  readonly #row: number
  readonly #read: () => AccountState

  constructor(frame: Frame, row: number, read: () => AccountState) {
    this.account = frame.accounts[frame.account[row]!]!
    this.#frame = frame
    this.#row = row
    this.#read = read
  }

  get control(): Readonly<Record<string, FacetValue>> {
    const { facets, column, values } = this.#frame
    const control: Record<string, FacetValue> = {}
    for (const facet of facets) {
      const word = column[facet]!.settled[this.#row]!
      if (word !== 0) control[facet] = values[word]!
    }
    return control
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
