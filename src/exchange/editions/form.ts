/** What one edition of a list says of one report, and what a correction has to say to bring another to it. */

import type { Json, Report } from '../../index.js'
import { canonical } from '../canonical.js'

export type Said = Report['start']
export type Ended = Report['end']

export interface Form {
  /** Without its kind; what lies beside the report in its place. */
  readonly claim: Readonly<Record<string, Json | undefined>>
  readonly start: Said
  readonly end: Ended
  readonly citation: Json
  /** Milliseconds since 1970, where it is stated. */
  readonly published: number | null
}

/** `report` is it as stored, its parts in their places. */
export function formOf(report: Report, citation: unknown): Form {
  const { kind: _kind, ...claim } = report.claim
  return {
    claim,
    start: report.start,
    end: report.end,
    citation: (citation ?? null) as Json,
    published: publishedOf(report),
  }
}

/** The instant at which a report counts as published, where it states one. */
export function publishedOf({ published }: Pick<Report, 'published'>): number | null {
  return published?.to == null ? null : published.to - 1
}

/**
 * What a correction's `fields` would be, `null` where the forms say the same. A time that is only
 * worded otherwise is the same. Start and end are said together where either changed, so that they
 * can be read beside any correction that is appended with this one. `published` is not compared, but
 * said where the new start lies after the first publication: nothing is told before it began.
 */
export function fieldsBetween(
  from: Form,
  to: Form,
  { first, published }: { readonly first: Form; readonly published: string },
): Record<string, Json> | null {
  const fields: Record<string, Json> = {}
  if (timeText(from.start) !== timeText(to.start) || timeText(from.end) !== timeText(to.end)) {
    const forms = [first, from, to]
    if (forms.some(({ start }) => start !== undefined)) fields.when = written(to.start)
    if (forms.some(({ end }) => end !== undefined)) fields.until = written(to.end)
    const zone = to.start?.zone ?? (to.end?.end === 'at' ? to.end.zone : undefined)
    if (zone !== undefined) fields.zone = zone
    const begins = to.start?.from ?? null
    if (begins !== null && first.published !== null && begins >= first.published)
      fields.published = published
  }
  if (canonical(from.citation) !== canonical(to.citation)) fields.citation = to.citation
  const names = new Set([...Object.keys(from.claim), ...Object.keys(to.claim)])
  const claim = [...names]
    .filter((name) => canonical(from.claim[name]) !== canonical(to.claim[name]))
    .map((name) => [name, to.claim[name] ?? null] as const)
  if (claim.length > 0) fields.claim = Object.fromEntries(claim)
  return Object.keys(fields).length === 0 ? null : fields
}

/** As a person would write the time that was said. */
function written(time: Said | Ended): Json {
  if (time === undefined) return null
  if (!('from' in time)) return time.end === 'open' ? '..' : 'unknown'
  return time.words === undefined ? time.wording : { words: time.words, bounds: time.wording }
}

function timeText(time: Said | Ended): string {
  if (time === undefined) return ''
  if (!('from' in time)) return time.end
  return canonical([time.from, time.to, time.words ?? null])
}
