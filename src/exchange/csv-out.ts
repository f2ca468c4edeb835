/**
 * Reports as CSV: a row for each entry of the log, in its order. What a report claims stands whole as
 * JSON in one column, and what is asked for most (places, times, account, basis) in columns of its
 * own; windows are half-open. This is for reading; `export jsonl` is what another log can import.
 */
import {
  type Instant,
  type Json,
  type Logged,
  parseInstant,
  printInstant,
  type Report,
  type Timeline,
} from '../index.js'
import { type Cell, listText } from './cells.js'
import type { Credits } from './credits.js'

export interface ReportRowsOptions {
  readonly after?: number
  readonly upTo?: number
  readonly place?: string
  readonly account?: string
  readonly kind?: string
  /** Reports of sources published later are left out. */
  readonly published?: Instant
  readonly credits: Credits
}

const HEADER = [
  'position',
  'id',
  'counts',
  'kind',
  'account',
  'attribution',
  'places',
  'when',
  'when_from',
  'when_to',
  'until',
  'until_from',
  'until_to',
  'published',
  'recorded',
  'mode',
  'basis',
  'status',
  'batch',
  'claim',
  'citation',
  'credit',
] as const

/** The header, then the rows. */
export function* reportRows(
  timeline: Timeline,
  { credits, published: cut, ...query }: ReportRowsOptions,
): Generator<readonly Cell[], void, undefined> {
  yield HEADER
  for (const entry of timeline.reports(query))
    if (cut === undefined || isPublished(entry, cut)) yield rowOf(entry, credits)
}

/** Entries of the desk are never cut; a report that states no publication counts from its stamp. */
function isPublished({ report, published, recorded }: Logged, cut: number): boolean {
  return report.attribution.length === 0 || parseInstant(published ?? recorded) <= cut
}

function rowOf(entry: Logged, credits: Credits): readonly Cell[] {
  const { report } = entry
  const { kind, mode, basis, status, ...claim } = report.claim
  const { start, end } = report
  const bounds = end?.end === 'at' ? end : undefined
  return [
    entry.position,
    entry.id,
    entry.counts ? 'yes' : 'no',
    kind,
    entry.account,
    report.attribution.map(({ source, stance }) => hopText(source, stance)).join(' < '),
    listText(entry.places),
    said(start),
    instantText(start?.from),
    instantText(start?.to),
    said(end),
    instantText(bounds?.from),
    instantText(bounds?.to),
    entry.published ?? '',
    entry.recorded,
    word(mode),
    word(basis),
    word(status),
    report.batch ?? '',
    JSON.stringify(claim),
    citationText(entry.citation as Json),
    credits.of(report.attribution.map(({ source }) => source)),
  ]
}

/** As the reporter wrote it; an open or unknown end is that word. */
function said(time: Report['start'] | Report['end']): string {
  if (time === undefined) return ''
  if ('end' in time && time.end !== 'at') return time.end
  return 'words' in time && time.words !== undefined
    ? `${time.words} (${time.wording})`
    : time.wording
}

function instantText(at: Instant | null | undefined): string {
  return at === null || at === undefined ? '' : printInstant(at)
}

function hopText(source: string, stance: string | undefined): string {
  return stance === undefined ? source : `${source} (${stance})`
}

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Text as it is, else JSON. */
function citationText(citation: Json): string {
  if (citation === null) return ''
  return typeof citation === 'string' ? citation : JSON.stringify(citation)
}
