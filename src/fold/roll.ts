/**
 * The roll of entries: of each position its stamps and batch, in columns. Ids stay in the log; the
 * newest are kept at hand.
 */
import type { Instant } from '../time/instant.js'
import type { Position } from '../time/position.js'
import { Intern } from './intern.js'
import { Recent } from './recent.js'

/** Ids at hand; others are asked of the log. */
const IDS = 32_768

export interface Enrolled {
  readonly position: Position
  readonly id: string
  readonly stamp: Instant
  readonly recorded: Instant
  readonly batch: string | undefined
}

/** As a snapshot keeps it. */
export interface SavedRoll {
  readonly stamps: Float64Array<ArrayBuffer>
  readonly batchOf: Int32Array<ArrayBuffer>
  readonly batches: readonly string[]
  readonly recorded: readonly (readonly [position: number, recorded: number])[]
}

export class Roll {
  #size = 1
  #stamps: Float64Array<ArrayBuffer> = new Float64Array(64).fill(Number.NEGATIVE_INFINITY, 0, 1)
  #batchOf: Int32Array<ArrayBuffer> = new Int32Array(64)
  readonly #batches = new Intern<string>()
  /** Stamps of the log in which merged entries were first recorded. */
  readonly #recorded = new Map<number, number>()
  readonly #ids = new Recent<string>(IDS)
  readonly #idOf: (position: Position) => string

  constructor(idOf: (position: Position) => string, saved?: SavedRoll) {
    this.#idOf = idOf
    this.#batches.number('', () => '')
    if (saved === undefined) return
    this.#size = saved.stamps.length
    this.#stamps = saved.stamps
    this.#batchOf = saved.batchOf
    for (const batch of saved.batches.slice(1)) this.#batches.number(batch, () => batch)
    for (const [position, recorded] of saved.recorded) this.#recorded.set(position, recorded)
  }

  get head(): Position {
    return (this.#size - 1) as Position
  }

  /** Answers the number of the entry's batch, 0 for none. */
  add({ position, id, stamp, recorded, batch }: Enrolled): number {
    if (this.#size === this.#stamps.length) this.#grow()
    const at = this.#size++
    const number = batch === undefined ? 0 : this.#batches.number(batch, () => batch)
    this.#stamps[at] = stamp
    this.#batchOf[at] = number
    if (recorded !== stamp) this.#recorded.set(position, recorded)
    this.#ids.set(at, id)
    return number
  }

  id(position: number): string {
    const known = this.#ids.get(position)
    if (known !== undefined) return known
    const id = this.#idOf(position as Position)
    this.#ids.set(position, id)
    return id
  }

  recorded(position: number): Instant {
    return (this.#recorded.get(position) ?? this.#stamps[position]) as Instant
  }

  /** Of the newest entry; the beginning of time where there is none. */
  get newestStamp(): Instant {
    return this.#stamps[this.#size - 1] as Instant
  }

  /** The newest position stamped strictly before an instant. */
  before(at: Instant): Position {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#stamps[middle]! < at) low = middle + 1
      else high = middle
    }
    return (low - 1) as Position
  }

  batch(text: string): number | undefined {
    return this.#batches.find(text)
  }

  batchNumber(text: string): number {
    return this.#batches.number(text, () => text)
  }

  batchOf(position: number): number {
    return position < this.#size ? this.#batchOf[position]! : 0
  }

  /** Positions of the entries in a batch, ascending; costs a walk over the roll. */
  members(batch: number): number[] {
    const members: number[] = []
    for (let at = 1; at < this.#size; at++) if (this.#batchOf[at] === batch) members.push(at)
    return members
  }

  save(): SavedRoll {
    return {
      stamps: this.#stamps.slice(0, this.#size),
      batchOf: this.#batchOf.slice(0, this.#size),
      batches: Array.from({ length: this.#batches.size }, (_, i) => this.#batches.item(i)),
      recorded: [...this.#recorded],
    }
  }

  #grow(): void {
    const length = this.#size + (this.#size >>> 1)
    const stamps = new Float64Array(length)
    stamps.set(this.#stamps)
    this.#stamps = stamps
    const batchOf = new Int32Array(length)
    batchOf.set(this.#batchOf)
    this.#batchOf = batchOf
  }
}
