/**
 * From what was said of a report's times to the bounds that worlds are made of: the start cut
 * at the publication, and start kept before end (RULINGS 1, 3, 4, 8, 9). Whole arithmetic on
 * stored instants; no zone is consulted again.
 */
import { BEGIN, END, type Instant, instant } from '../time/instant.js'
import { publishedAt, type Report } from './types.js'

/** Both windows are half-open. Without an end, or with an open one, `endFrom` and `endTo` are `END`. */
export interface Bounds {
  readonly earliest: Instant
  readonly latest: Instant
  readonly endFrom: Instant
  readonly endTo: Instant
  /**
   * Last instant up to which a start told as a stretch supports its claim, where it can still be
   * so; else `latest - 1`.
   */
  readonly supportTo: Instant
  /** No instant satisfies what was said together; the start then stands as said, the end is passed over. */
  readonly inconsistent: boolean
}

/** Bounds of a report in one of its forms; `recorded` stands in where no publication is stated. */
export function boundsOf(
  report: Pick<Report, 'claim' | 'start' | 'end' | 'published'>,
  recorded: Instant,
): Bounds {
  const { mode, throughout, expected } = report.claim as {
    mode?: string
    throughout?: true
    expected?: true
  }
  const published = publishedAt(report, recorded)
  const saidFrom = report.start ? (report.start.from ?? BEGIN) : BEGIN
  const saidTo = report.start ? (report.start.to ?? END) : instant(published + 1)

  let inconsistent = false
  let to = saidTo
  if (expected !== true && published + 1 < to) {
    if (published + 1 > saidFrom) to = instant(published + 1)
    else inconsistent = true
  }
  const stretch = throughout === true && mode !== 'change' && saidFrom !== BEGIN
  let earliest = saidFrom
  let latest = stretch ? instant(saidFrom + 1) : to

  let endFrom = END
  let endTo = END
  if (report.end !== undefined && report.end.end !== 'open') {
    endFrom = report.end.end === 'at' ? (report.end.from ?? BEGIN) : BEGIN
    endTo = report.end.end === 'at' ? (report.end.to ?? END) : instant(published + 1)
    const cutFrom = instant(Math.max(endFrom, earliest + 1))
    const cutLatest = instant(Math.min(latest, endTo - 1))
    if (cutFrom < endTo && earliest < cutLatest) {
      endFrom = cutFrom
      latest = cutLatest
    } else {
      endFrom = END
      endTo = END
      inconsistent = true
    }
  }
  if (!(earliest < latest)) {
    inconsistent = true
    earliest = saidFrom
    latest = saidTo
  }
  return {
    earliest,
    latest,
    endFrom,
    endTo,
    supportTo: instant(Math.max(latest - 1, stretch ? Math.min(to - 1, endTo - 2) : latest - 1)),
    inconsistent,
  }
}
