/**
 * The naive model, first half: which reports count at a cut, and in which form.
 *
 * Everything is decided from the bare array of entries at every call, in the order of RULINGS
 * 23-25: what the cut shows, then which second thoughts are live, then the corrections, then
 * the published cut and the filter on the corrected report.
 */
import type { Account } from '../report/account.js'
import type { Claim, Hop, Report } from '../report/types.js'
import { BEGIN, END, type Instant, instant } from '../time/instant.js'
import type { SaidEnd, SaidTime } from '../time/said.js'
import type { Window } from '../time/window.js'
import { byBytes } from './model-order.js'

/** A report in its stored form and the log's stamp; its position is its index and one. */
export interface ModelEntry {
  readonly report: Report
  readonly recorded: Instant
}

/** A report that counts, in its form at the cut. */
export interface Form {
  readonly id: string
  readonly position: number
  readonly claim: Claim
  readonly account: Account
  readonly attribution: readonly Hop[]
  readonly published: Instant
  readonly batch?: string
  /** `[earliest, latest)` of the start. */
  readonly start: Window
  /** Of the end; `null` where none was claimed or it is open. */
  readonly end: Window | null
  /** Last instant at which it is told to have been so: of a stretch its last, else of the start. */
  readonly supportTo: Instant
  /** It was told before it can have begun, or over before it; the start then stands as said, without an end. */
  readonly inconsistent: boolean
  /** No start was stated. */
  readonly unstated: boolean
  /** Its origin withdrew what another relayed of it. */
  readonly denied: boolean
}

/** Which chains the reading lets through. */
export type Passes = (attribution: readonly Hop[]) => boolean

export interface Sight {
  /** Last position that is seen. */
  readonly known: number
  /** What was published at or before it is seen; `END` for all. */
  readonly published: Instant
  readonly passes: Passes
}

const SECOND_THOUGHTS = ['withdrawal', 'correction', 'entry-correction', 'void']

/** Every original report that counts, each in its form, in canonical order. */
export function formsAt(log: readonly ModelEntry[], sight: Sight): Form[] {
  const seen = log.slice(0, Math.min(log.length, Math.max(0, sight.known)))

  const isDesks = ({ report }: ModelEntry) => report.attribution.length === 0
  const isSecond = ({ report }: ModelEntry) => SECOND_THOUGHTS.includes(report.claim.kind)

  /** A desk's entry is never cut nor filtered; a source's is asked for its own date and chain. */
  const shown = (entry: ModelEntry, report = entry.report): boolean =>
    isDesks(entry) ||
    (publication(report, entry.recorded) <= sight.published && sight.passes(report.attribution))

  const live = (entry: ModelEntry): boolean =>
    (!isSecond(entry) || shown(entry)) &&
    !seen.some((other) => takesOut(other, entry) && live(other))

  const takesOut = (other: ModelEntry, entry: ModelEntry): boolean => {
    const { kind, of, batch } = other.report.claim
    if (kind === 'withdrawal') return of === entry.report.id && !isDenial(other, entry)
    if (kind !== 'void') return false
    if (of !== undefined) return of === entry.report.id
    // A batch is what was told in it: the desk's own voids are named one by one.
    return batch === entry.report.batch && entry.report.claim.kind !== 'void'
  }

  /**
   * The origin itself, taking back what another relayed of it, denies and takes nothing out; as
   * its authority, this is judged by the chain that the report was recorded with.
   */
  const isDenial = (withdrawal: ModelEntry, entry: ModelEntry): boolean => {
    const chain = entry.report.attribution
    const speakers = withdrawal.report.attribution
    return chain.length > 1 && speakers.length === 1 && speakers[0]!.source === chain.at(-1)!.source
  }

  const denied = (entry: ModelEntry): boolean =>
    seen.some(
      (other) =>
        other.report.claim.kind === 'withdrawal' &&
        other.report.claim.of === entry.report.id &&
        isDenial(other, entry) &&
        live(other),
    )

  const corrected = (entry: ModelEntry): Report =>
    seen
      .filter(({ report: { claim } }) => /correction$/.test(claim.kind))
      .filter((other) => other.report.claim.of === entry.report.id && live(other))
      .map((other) => ({
        fields: other.report.claim.fields as unknown as CorrectedFields,
        at: isDesks(other) ? other.recorded : publication(other.report, other.recorded),
        id: other.report.id,
      }))
      .sort((a, b) => a.at - b.at || byBytes(a.id, b.id))
      .reduce((report, { fields }) => correct(report, fields), entry.report)

  return seen
    .map((entry, index) => ({ entry, position: index + 1 }))
    .filter(({ entry }) => !isSecond(entry) && live(entry))
    .map(({ entry, position }) => ({ entry, position, report: corrected(entry) }))
    .filter(({ entry, report }) => shown(entry, report))
    .map(({ entry, position, report }) => ({
      ...formOf(report, position, entry.recorded),
      denied: denied(entry),
    }))
    .sort(inCanonicalOrder)
}

/** Latest bound of the start, then earliest, then published, then id. */
export function inCanonicalOrder(a: Form, b: Form): number {
  return (
    order(a.start.to, b.start.to) ||
    order(a.start.from, b.start.from) ||
    order(a.published, b.published) ||
    byBytes(a.id, b.id)
  )
}

// Open ends cannot be subtracted from each other.
const order = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)

/** When it was published for the cut: a stated date at its last instant, else the log's stamp. */
function publication(report: Report, recorded: Instant): Instant {
  const to = report.published?.to
  return typeof to === 'number' ? instant(to - 1) : recorded
}

interface CorrectedFields {
  readonly start?: SaidTime | null
  readonly end?: SaidEnd | null
  readonly published?: SaidTime | null
  readonly attribution?: readonly Hop[]
  readonly claim?: Claim
}

/** The report with the named fields replaced, those named as `null` removed. */
function correct(report: Report, fields: CorrectedFields): Report {
  const { start, end, published, attribution, claim } = fields
  const whole = { ...report, ...withoutUndefined({ start, end, published, attribution }) }
  return {
    ...(withoutNull(whole) as unknown as Report),
    claim: withoutNull({ ...report.claim, ...claim }) as Claim,
  }
}

const kept = (record: object, drop: unknown) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== drop))
const withoutNull = (record: object) => kept(record, null)
const withoutUndefined = (record: object) => kept(record, undefined)

function formOf(report: Report, position: number, recorded: Instant): Omit<Form, 'denied'> {
  const published = publication(report, recorded)
  return {
    id: report.id,
    position,
    claim: report.claim,
    account: accountOfChain(report.attribution.map((hop) => hop.source)),
    attribution: report.attribution,
    published,
    ...(report.batch === undefined ? {} : { batch: report.batch }),
    ...boundsOfForm(report, published),
    ...(isTimeless(report) ? { start: { from: BEGIN, to: BEGIN } } : {}),
  }
}

/** What is thought of a report or a source holds from the beginning, unless it says from when. */
const isTimeless = ({ claim, start }: Report) =>
  (claim.kind === 'stance' || claim.kind === 'rating') && start === undefined

/**
 * RULINGS 3, 4, 8, 9. The start lies no later than the publication unless it was expected; a
 * stretch holds from its first instant; start before end, so the last possible start lies before
 * the last possible end and the first possible end after the first possible start.
 */
function boundsOfForm(report: Report, published: Instant) {
  const { mode, throughout, expected } = report.claim
  const afterPublication = instant(published + 1)
  const begun: Window = {
    from: report.start?.from ?? BEGIN,
    to: report.start ? (report.start.to ?? END) : afterPublication,
  }
  const past = expected !== true && begun.from < afterPublication
  const told: Window = past
    ? { from: begun.from, to: instant(Math.min(begun.to, afterPublication)) }
    : begun
  const stretch = throughout === true && mode !== 'change' && told.from !== BEGIN
  const begins: Window = stretch ? { from: told.from, to: instant(told.from + 1) } : told

  const said: Window | null =
    report.end === undefined || report.end.end === 'open'
      ? null
      : report.end.end === 'unknown'
        ? { from: BEGIN, to: afterPublication }
        : { from: report.end.from ?? BEGIN, to: report.end.to ?? END }
  // Some start must leave an instant after it in which the end may lie; else the end is let go.
  const ends = said !== null && begins.from + 1 < said.to ? said : null
  const latest = instant(Math.min(begins.to, (ends?.to ?? END) - 1))
  return {
    start: { from: begins.from, to: latest },
    end: ends && { from: instant(Math.max(ends.from, begins.from + 1)), to: ends.to },
    supportTo: instant(stretch ? Math.min(told.to - 1, (ends?.to ?? END) - 2) : latest - 1),
    unstated: report.start === undefined,
    inconsistent: said !== ends || (expected !== true && !past),
  }
}

/** The account of a chain of sources, publisher first; an empty one is the desk's. */
export function accountOfChain(chain: readonly string[]): Account {
  const origin = chain.at(-1) ?? 'desk'
  const via = chain.slice(0, -1)
  const isOwnWord = via.length === 0 || (via.length === 1 && origin === unnamed(origin, via[0]!))
  return {
    name: isOwnWord ? origin : `${origin} via ${via.join(' < ')}`,
    origin,
    via,
    publisher: chain[0] ?? 'desk',
  }
}

/** The id made from the last word of `id`, were it unnamed under `publisher`. */
const unnamed = (id: string, publisher: string) => `${publisher}/${id.split('/').at(-1)}`
