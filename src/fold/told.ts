/**
 * A report as projections see it: in one of its forms, with its account and bounds told. Stances, and
 * ratings that state no start, hold from the beginning of time.
 */
import { accountOf } from '../report/account.js'
import { type Bounds, boundsOf } from '../report/bounds.js'
import { isRegard } from '../report/thought.js'
import { publishedAt, type Report } from '../report/types.js'
import { BEGIN, END, type Instant, instant } from '../time/instant.js'
import type { Told } from './projection.js'

export interface Placed {
  readonly told: Told
  readonly bounds: Bounds
  readonly published: Instant
}

/** `recorded` is the stamp of the log a report was first recorded in. */
export function place(report: Report, recorded: Instant): Placed {
  const said = boundsOf(report, recorded)
  const started = report.start !== undefined
  const bounds =
    report.attribution.length === 0
      ? certainBounds(said, started)
      : isRegard(report.claim.kind) && !started
        ? { ...said, earliest: BEGIN, latest: BEGIN, supportTo: BEGIN }
        : said
  const published = publishedAt(report, recorded)
  const teller = accountOf(report.attribution)
  const told: Told = {
    id: report.id,
    claim: report.claim,
    account: teller.name,
    teller,
    attribution: report.attribution,
    start: { from: bounds.earliest, to: bounds.latest },
    ...(bounds.endFrom === END ? {} : { end: { from: bounds.endFrom, to: bounds.endTo } }),
    published,
    ...(report.batch === undefined ? {} : { batch: report.batch }),
  }
  return { told, bounds, published }
}

/**
 * The desk's entries hold over certain intervals: from the first instant of their start (without
 * one, from the beginning of time) through the last instant of their end (RULINGS 28).
 */
function certainBounds(said: Bounds, started: boolean): Bounds {
  const earliest = started ? said.earliest : BEGIN
  const latest = started ? instant(said.earliest + 1) : BEGIN
  const endFrom = said.endTo
  const endTo = said.endTo === END ? END : instant(said.endTo + 1)
  return { ...said, earliest, latest, endFrom, endTo, supportTo: instant(latest - 1) }
}
