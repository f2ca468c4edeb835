/** The log itself, entry by entry, as it is told to those who ask for reports. */
import { hex } from './integrity/hash.js'
import type { Log } from './log/contract.js'
import type { Report } from './report/types.js'
import type { State } from './state.js'
import { instant, printInstant } from './time/instant.js'
import { position } from './time/position.js'

/** An entry of the log, told. */
export interface Logged {
  readonly position: number
  /** Position of the last entry of its commit. */
  readonly commit: number
  /** ISO 8601. */
  readonly recorded: string
  readonly id: string
  /** `desk` for the desk's own. */
  readonly account: string
  readonly kind: string
  readonly places: readonly string[]
  /** ISO 8601, or `null` where none is stated. */
  readonly published: string | null
  /** Whether it counts at the head. */
  readonly counts: boolean
  /** As appended, its readable parts in place. */
  readonly report: Report
  readonly citation: unknown
  /** Milliseconds by which the clock stood behind the stamp; 0 as a rule. */
  readonly behind: number
  /** Hashes in hex. */
  readonly hash: string
  readonly leaf: string
  /** Canonical bytes as stored. */
  readonly bytes: Uint8Array
}

export interface ReportQuery {
  readonly after?: number
  readonly upTo?: number
  readonly place?: string
  readonly account?: string
  readonly kind?: string
  readonly limit?: number
}

/** Entries that a query asks for, in the order of the log. */
export function* loggedIn(log: Log, state: State, query: ReportQuery): Iterable<Logged> {
  const upTo = Math.min(query.upTo ?? state.head, state.head)
  let left = query.limit ?? Number.POSITIVE_INFINITY
  for (const entry of log.read(position(query.after ?? 0), position(upTo))) {
    if (left <= 0) return
    const { report, account, hidden } = state.tell(entry)
    if (query.kind !== undefined && report.claim.kind !== query.kind) continue
    if (query.account !== undefined && account !== query.account) continue
    const places = state.placesOf(report)
    if (query.place !== undefined && !places.includes(query.place)) continue
    left--
    const published = report.published?.to
    yield {
      position: entry.position,
      commit: entry.commit,
      recorded: printInstant(entry.recorded),
      id: entry.id,
      account,
      kind: report.claim.kind,
      places,
      published: published == null ? null : printInstant(instant(published - 1)),
      counts: !state.ledger.isOut(entry.position, state.everything),
      report,
      citation: hidden.citation ?? null,
      behind: entry.behind,
      hash: hex(entry.hash),
      leaf: hex(entry.leaf),
      bytes: entry.bytes,
    }
  }
}
