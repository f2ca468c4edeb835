/**
 * Rows in columns: one row per report, form and key, about 80 bytes, whatever the report says.
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

export class Columns {
  size = 0
  report = new Int32Array(16)
  chain = new Int32Array(16)
  shown = new Int32Array(16)
  hidden = new Int32Array(16)
  value = new Int32Array(16)
  flags = new Uint8Array(16)
  earliest = new Float64Array(16)
  latest = new Float64Array(16)
  endFrom = new Float64Array(16)
  endTo = new Float64Array(16)
  supportTo = new Float64Array(16)
  published = new Float64Array(16)

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

  #grow(): void {
    const length = this.report.length * 2
    const ints = (old: Int32Array) => {
      const grown = new Int32Array(length)
      grown.set(old)
      return grown
    }
    const floats = (old: Float64Array) => {
      const grown = new Float64Array(length)
      grown.set(old)
      return grown
    }
    const flags = new Uint8Array(length)
    flags.set(this.flags)
    this.flags = flags
    this.report = ints(this.report)
    this.chain = ints(this.chain)
    this.shown = ints(this.shown)
    this.hidden = ints(this.hidden)
    this.value = ints(this.value)
    this.earliest = floats(this.earliest)
    this.latest = floats(this.latest)
    this.endFrom = floats(this.endFrom)
    this.endTo = floats(this.endTo)
    this.supportTo = floats(this.supportTo)
    this.published = floats(this.published)
  }
}
