/**
 * The report: the immutable thing appended. These types are its canonical form, which is what
 * is stored, hashed and read; the forms a person may write are the door's business.
 */
import type { Instant } from '../time/instant.js'
import type { SaidEnd, SaidTime } from '../time/said.js'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }
export type JsonRecord = { readonly [key: string]: Json }

export type Stance = 'none' | 'corroborate' | 'doubt' | 'deny'

/** One link of an attribution chain; its stance is on the report, never a claim of its own. */
export interface Hop {
  readonly source: string
  /** Absent where the hop takes none. */
  readonly stance?: Exclude<Stance, 'none'>
}

export type Basis = 'witnessed' | 'imagery' | 'told' | 'assessed' | 'claimed' | 'default'

export interface Claim {
  readonly kind: string
  readonly [field: string]: Json | undefined
}

export interface Report<C = Claim> {
  readonly id: string
  /** Revision of the claim kind's form. */
  readonly revision: number
  /** From the publisher (first) down to the origin (last); empty on the desk's own entries. */
  readonly attribution: readonly Hop[]
  readonly claim: C
  /** Absent: unstated, which is the window up to the publication. */
  readonly start?: SaidTime
  /** Absent: no end was claimed. */
  readonly end?: SaidEnd
  /** Absent: the log's own stamp stands in. */
  readonly published?: SaidTime
  readonly batch?: string
  /** Commitments, in hex, to the parts that lie beside the report. */
  readonly parts?: Readonly<Record<string, string>>
}

/** A hideable part of a report: text, quote, address; committed to by SHA-256(salt || bytes). */
export interface Part {
  readonly name: string
  readonly salt: Uint8Array
  readonly bytes: Uint8Array
}

/** What of a claim can be told apart in time, whatever its kind. */
export interface Timed {
  /** `change` took it then; `observation` (the default) saw it so then. */
  readonly mode?: 'change' | 'observation'
  /** The start's window is a stretch through which it was so, not an instant within it. */
  readonly throughout?: true
  /** Told ahead of time: the start may lie after the publication. */
  readonly expected?: true
  readonly basis?: Basis
}

/** When a report was published for the `published` cut: a date counts at its last instant. */
export function publishedAt(report: Pick<Report, 'published'>, recorded: Instant): Instant {
  const to = report.published?.to
  return to === undefined || to === null ? recorded : ((to - 1) as Instant)
}
