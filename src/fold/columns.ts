/**
 * Rows in columns: one row per report, form and key, about 70 bytes, whatever the report says.
 * The hot path of every read touches these arrays and no object.
 */
import type { Bounds } from '../report/bounds.js'

/** What a row is, as bits of its flags. */
export const OBSERVATION = 1
export const BY_DEFAULT = 2
/** Its report has second thoughts by sources, so a `published` cut or a filter decides it anew. */
export const RETHOUGHT = 4
export const BY_DESK = 8
/** No time was stated: the start is the window up to the publication. */
export const UNSTATED = 16
/** No instant satisfies what was said of its times together. */
export const INCONSISTENT = 32

/** `hidden` of a row that nothing hides, and `shown` of one that only a cut of its own shows. */
export const NEVER = 0x7fffffff

export interface RowInput {
  /** Position of the report, whatever form of it this is. */
  readonly report: number
  readonly chain: number
  readonly bounds: Bounds
  readonly published: number
  readonly shown: number
  readonly value: number
  readonly flags: number
}

/** Each column by name, with the bytes of one item. */
export const COLUMNS = [
  'report',
  'chain',
  'shown',
  'hidden',
  'value',
  'flags',
  'earliest',
  'latest',
  'endFrom',
  'endTo',
  'supportTo',
  'published',
] as const

type Column = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

export class Columns {
  size = 0
  report: Int32Array<ArrayBuffer>
  chain: Int32Array<ArrayBuffer>
  /** First position that shows the row. */
  shown: Int32Array<ArrayBuffer>
  /** First position that no longer does. */
  hidden: Int32Array<ArrayBuffer>
  value: Int32Array<ArrayBuffer>
  flags: Uint8Array<ArrayBuffer>
  earliest: Float64Array<ArrayBuffer>
  latest: Float64Array<ArrayBuffer>
  endFrom: Float64Array<ArrayBuffer>
  endTo: Float64Array<ArrayBuffer>
  supportTo: Float64Array<ArrayBuffer>
  published: Float64Array<ArrayBuffer>

  constructor(capacity = 16) {
    this.report = new Int32Array(capacity)
    this.chain = new Int32Array(capacity)
    this.shown = new Int32Array(capacity)
    this.hidden = new Int32Array(capacity)
    this.value = new Int32Array(capacity)
    this.flags = new Uint8Array(capacity)
    this.earliest = new Float64Array(capacity)
    this.latest = new Float64Array(capacity)
    this.endFrom = new Float64Array(capacity)
    this.endTo = new Float64Array(capacity)
    this.supportTo = new Float64Array(capacity)
    this.published = new Float64Array(capacity)
  }

  add(row: RowInput): number {
    if (this.size === this.report.length) this.#grow()
    const at = this.size++
    this.report[at] = row.report
    this.chain[at] = row.chain
    this.shown[at] = row.shown
    this.hidden[at] = NEVER
    this.value[at] = row.value
    this.flags[at] = row.flags
    this.earliest[at] = row.bounds.earliest
    this.latest[at] = row.bounds.latest
    this.endFrom[at] = row.bounds.endFrom
    this.endTo[at] = row.bounds.endTo
    this.supportTo[at] = row.bounds.supportTo
    this.published[at] = row.published
    return at
  }

  /** The rows of an order, copied into columns of their own with an eighth of room to grow. */
  gathered(order: Int32Array): Columns {
    const { length } = order
    const gathered = new Columns(length + (length >>> 3) + 16)
    for (const name of COLUMNS) {
      const from: Column = this[name]
      const to: Column = gathered[name]
      for (let i = 0; i < length; i++) to[i] = from[order[i]!]!
    }
    gathered.size = length
    return gathered
  }

  /** The bytes of a column's rows; not a copy. */
  bytes(name: (typeof COLUMNS)[number]): Uint8Array {
    const column: Column = this[name]
    return new Uint8Array(column.buffer, 0, this.size * column.BYTES_PER_ELEMENT)
  }

  /** Columns of `size` rows as `bytes` gave them, taken over without a copy. */
  static from(size: number, bytes: (name: (typeof COLUMNS)[number]) => ArrayBuffer): Columns {
    const columns = new Columns(0)
    columns.size = size
    for (const name of ['report', 'chain', 'shown', 'hidden', 'value'] as const)
      columns[name] = new Int32Array(bytes(name), 0, size)
    columns.flags = new Uint8Array(bytes('flags'), 0, size)
    for (const name of TIMES) columns[name] = new Float64Array(bytes(name), 0, size)
    return columns
  }

  #grow(): void {
    const grown = new Columns(Math.max(16, this.size + (this.size >>> 1)))
    for (const name of COLUMNS) grown[name].set(this[name] as never)
    const { size } = this
    Object.assign(this, grown)
    this.size = size
  }
}

const TIMES = ['earliest', 'latest', 'endFrom', 'endTo', 'supportTo', 'published'] as const
