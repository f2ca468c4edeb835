/**
 * Times as they were said: the reporter's own wording, zone and granule, with the bounds that
 * were derived from them once, at append. Nothing derives them again (DESIGN 3).
 */
import type { Instant } from './instant.js'

export type Granule =
  | 'millisecond' // an exact instant: the window of one millisecond
  | 'about' // a clock time widened by 15 minutes on either side
  | 'day'
  | 'month'
  | 'year'
  | 'range' // `A/B`: somewhere from A to B

/** Bounds are half-open `[from, to)`; `null` is an open end of the line. */
export interface SaidTime {
  readonly wording: string
  /** Words such as "evening", kept beside bounds that were given for them. */
  readonly words?: string
  /** IANA name, `UTC`, or a fixed offset such as `+02:00`: what local times were read in. */
  readonly zone: string
  readonly granule: Granule
  readonly about?: true
  readonly from: Instant | null
  readonly to: Instant | null
  /** Edition of the zone rules, where a named zone was used. */
  readonly rules?: string
}

/** Three values besides no end at all: open (still so when said), unknown (it ended, when is not known), or a time. */
export type SaidEnd =
  | { readonly end: 'open'; readonly wording: string }
  | { readonly end: 'unknown'; readonly wording: string }
  | ({ readonly end: 'at' } & SaidTime)
