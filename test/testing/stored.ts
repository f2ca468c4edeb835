/** Stored reports from a few words, with small whole numbers for instants. */
import type { Claim, Hop, Report } from '../../src/report/types.js'
import type { ModelEntry } from '../../src/testing/model-forms.js'
import { type Instant, printInstant } from '../../src/time/instant.js'
import type { SaidEnd, SaidTime } from '../../src/time/said.js'

/** An exact instant, or `[from, to)` with `null` for an open end. */
export type Moment = number | readonly [number | null, number | null]

export interface Saying {
  readonly id: string
  /** Publisher first; none is the desk. */
  readonly by?: string | readonly string[]
  readonly claim: Claim
  readonly when?: Moment
  readonly until?: Moment | 'open' | 'unknown'
  /** 20 unless given; `null` leaves it out. */
  readonly published?: Moment | null
  readonly batch?: string
  /** 30 unless given. */
  readonly recorded?: number
}

export function entry(saying: Saying): ModelEntry {
  const { id, by = [], claim, when, until, published = 20, batch, recorded = 30 } = saying
  const chain = typeof by === 'string' ? [by] : by
  const report: Report = {
    id,
    revision: 1,
    attribution: chain.map((source): Hop => ({ source })),
    claim,
    ...(when === undefined ? {} : { start: said(when) }),
    ...(until === undefined ? {} : { end: saidEnd(until) }),
    ...(published === null ? {} : { published: said(published) }),
    ...(batch === undefined ? {} : { batch }),
  }
  return { report, recorded: recorded as Instant }
}

export function said(moment: Moment): SaidTime {
  const [from, to] = typeof moment === 'number' ? [moment, moment + 1] : moment
  const print = (at: number | null) => (at === null ? '..' : printInstant(at as Instant))
  const exact = typeof moment === 'number'
  return {
    wording: exact ? print(from) : `${print(from)}/${print(to)}`,
    zone: 'UTC',
    granule: exact ? 'millisecond' : 'range',
    from: from as Instant | null,
    to: to as Instant | null,
  }
}

export function saidEnd(until: Moment | 'open' | 'unknown'): SaidEnd {
  if (until === 'open') return { end: 'open', wording: '..' }
  if (until === 'unknown') return { end: 'unknown', wording: 'unknown' }
  return { end: 'at', ...said(until) }
}

/** A claim of control of a place, `p` unless it says another. */
export function control(claim: Record<string, unknown>): Claim {
  return { kind: 'control', place: 'p', ...claim } as Claim
}

export const held = (...actors: string[]) => ({ actors })
export const full = (...actors: string[]) => ({ actors, extent: 'full' })
export const partly = (...actors: string[]) => ({ actors, extent: 'partial' })
