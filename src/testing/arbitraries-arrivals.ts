/** Other orders in which a history could have arrived: what is referred to comes first (laws 1 and 10). */
import * as fc from 'fast-check'
import { instant } from '../time/instant.js'
import { namesIn } from './arbitraries-claims.js'
import { type History, type ReportInput, reportsOf } from './arbitraries-input.js'

/**
 * The same reports in another order and other commits, stamped anew. Order is kept where it
 * bears on what a log takes or does: between a report and what it names, among second thoughts
 * of one report whose attribution was corrected, and around the voids of a batch.
 */
export function arrivals(history: History): fc.Arbitrary<History> {
  const reports = reportsOf(history)
  const before = constraints(reports)
  const ranks = fc.array(fc.nat(), { minLength: reports.length, maxLength: reports.length })
  const gaps = fc.array(fc.option(fc.nat({ max: 3 }), { nil: null }), {
    minLength: reports.length,
    maxLength: reports.length,
  })
  return fc.tuple(ranks, gaps).map(([rank, gap]) => committed(inOrder(reports, before, rank), gap))
}

/** For each report the indices of those that must come before it. */
function constraints(reports: readonly ReportInput[]): number[][] {
  const ofBatch = batchOfVoids(reports)
  return reports.map((later, j) =>
    reports.slice(0, j).flatMap((earlier, i) => {
      const named = later.claim.of === earlier.id || names(later, earlier, reports.slice(0, i))
      const sameTarget = later.claim.of !== undefined && later.claim.of === earlier.claim.of
      const chained = sameTarget && (isOfChain(later) || isOfChain(earlier))
      const batches = [later.batch, ofBatch.get(later.id)]
      const others = [earlier.batch, ofBatch.get(earlier.id)]
      const voids = ofBatch.has(later.id) || ofBatch.has(earlier.id)
      const batched = batches.some((batch) => batch !== undefined && others.includes(batch))
      return named || chained || (voids && batched) ? [i] : []
    }),
  )
}

/** Whether `entry` is the first to enter a name that the report uses. */
function names(report: ReportInput, entry: ReportInput, before: readonly ReportInput[]): boolean {
  const entered = enters(entry)
  return (
    entered !== null &&
    namesIn(report).includes(entered) &&
    !before.some((other) => enters(other) === entered)
  )
}

function enters({ claim }: ReportInput): string | null {
  const { kind } = claim
  return ['place', 'actor', 'source'].includes(kind) ? `${kind}:${claim[kind]}` : null
}

const isOfChain = ({ claim }: ReportInput) =>
  (claim.fields as { attribution?: unknown } | undefined)?.attribution !== undefined

/** The batch that a void closes, or that a void of it opens again, by id. */
function batchOfVoids(reports: readonly ReportInput[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { id, claim } of reports)
    if (claim.kind === 'void') {
      const batch = claim.batch ?? found.get(String(claim.of))
      if (typeof batch === 'string') found.set(id, batch)
    }
  return found
}

/** Takes, again and again, the report of least rank of those that may come. */
function inOrder(
  reports: readonly ReportInput[],
  before: readonly (readonly number[])[],
  rank: readonly number[],
): ReportInput[] {
  const taken: number[] = []
  while (taken.length < reports.length) {
    const free = reports
      .map((_, index) => index)
      .filter((index) => !taken.includes(index) && before[index]!.every((i) => taken.includes(i)))
    taken.push(free.reduce((least, index) => (rank[index]! < rank[least]! ? index : least)))
  }
  return taken.map((index) => reports[index]!)
}

function committed(reports: readonly ReportInput[], gaps: readonly (number | null)[]): History {
  const commits: ReportInput[][] = []
  const stamps: number[] = []
  reports.forEach((report, index) => {
    const gap = gaps[index] ?? null
    const last = commits.at(-1)
    const alone = [report, last?.at(-1)].some((one) => one?.claim.kind === 'void')
    if (gap === null && last !== undefined && !alone) last.push(report)
    else {
      commits.push([report])
      stamps.push((stamps.at(-1) ?? 0) + (gap ?? 0))
    }
  })
  return { commits, stamps: stamps.map(instant) }
}
