/** The form in which a person or an importer writes a report; the door reads it. */
import type { Json, Stance } from './types.js'

/** A time as it was said, or words with bounds beside them. */
export type WrittenTime = string | { readonly words: string; readonly bounds: string }

export interface WrittenReport {
  /** Derived from the content where it is not given. */
  readonly id?: string
  readonly claim: { readonly kind: string; readonly [field: string]: Json }
  /** The start, or the instant observed. */
  readonly when?: WrittenTime
  /** The end: a time, `..` (still so when said) or `unknown`. */
  readonly until?: WrittenTime
  /** What local times are read in; else the zone of the claim's places. */
  readonly zone?: string
  /** From the publisher down to the origin; none on the desk's own kinds. */
  readonly attribution?:
    | string
    | readonly (string | { readonly source: string; readonly stance?: Stance })[]
  readonly published?: WrittenTime
  /** Where it stands: kept as a part, which can be hidden one day. */
  readonly citation?: string | { readonly [field: string]: Json }
  /** A label under which reports can be voided together. */
  readonly batch?: string
  /** May be written on the desk's own kinds. */
  readonly desk?: true
}
