/**
 * What the generators write: histories in the form a person writes, over a small world of
 * places, actors and sources, with instants of a few milliseconds after 1970 began.
 */
import type { Json } from '../report/types.js'
import { type Instant, instant, printInstant } from '../time/instant.js'

/** A report as a person writes it. */
export interface ReportInput {
  readonly id: string
  readonly claim: { readonly kind: string; readonly [field: string]: Json }
  readonly when?: string
  readonly until?: string
  /** Publisher first; the desk's own reports have none. */
  readonly attribution?: readonly (string | { readonly source: string; readonly stance: string })[]
  readonly published?: string
  readonly batch?: string
}

/** Commits in order, and the instant of the log's clock at each: as many, never decreasing. */
export interface History {
  readonly commits: readonly (readonly ReportInput[])[]
  readonly stamps: readonly Instant[]
}

export const PLACES = ['p1', 'p2', 'p3'] as const
export const ACTORS = ['red', 'blue', 'green'] as const

/** Chains of sources, the likelier first: `a/x` is unnamed under `a`. */
export const CHAINS: readonly (readonly string[])[] = [
  ['a'],
  ['b'],
  ['a', 'a/x'],
  ['a', 'b'],
  ['c'],
  ['b', 'c'],
  ['c', 'b'],
  ['b', 'a', 'a/x'],
  ['c', 'a', 'b'],
]

/** An instant that lies in `[from, from + width)`, exactly at `from` where the width is 0. */
export interface Span {
  readonly from: number
  readonly width: number
  readonly open?: 'from' | 'to'
}

export type Ending =
  | { readonly end: 'open' }
  | { readonly end: 'unknown' }
  | ({ readonly end: 'at' } & Span)

/** Milliseconds as ISO 8601. */
export const clock = (at: number) => printInstant(instant(at))

export function spanText({ from, width, open }: Span): string {
  if (open === 'from') return `../${clock(from + Math.max(1, width))}`
  if (open === 'to') return `${clock(from)}/..`
  return width === 0 ? clock(from) : `${clock(from)}/${clock(from + width)}`
}

export function endingText(ending: Ending): string {
  if (ending.end === 'at') return spanText(ending)
  return ending.end === 'open' ? '..' : 'unknown'
}

/** First instant of a span, or `null` where it is open. */
export const firstOf = ({ from, open }: Span) => (open === 'from' ? null : from)

/** Last instant of a span, or `null` where it is open. */
export const lastOf = ({ from, width, open }: Span) =>
  open === 'to' ? null : from + Math.max(1, width) - 1

/** Sources of a chain as it was written, publisher first. */
export function chainOf({ attribution = [] }: ReportInput): string[] {
  return attribution.map((hop) => (typeof hop === 'string' ? hop : hop.source))
}

/** Every report in the order of its position. */
export const reportsOf = (history: History): ReportInput[] => history.commits.flat()

/** Ids that the history enters in the registry, in the order of their first entries. */
export function idsOf(history: History, kind: 'place' | 'actor' | 'source'): string[] {
  const entries = reportsOf(history).filter(({ claim }) => claim.kind === kind)
  return [...new Set(entries.map(({ claim }) => String(claim[kind])))]
}
