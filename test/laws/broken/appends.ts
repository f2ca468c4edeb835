/** Engines that take reports as they should not. */
import { chainOf, type ReportInput } from '../../../src/testing/arbitraries-input.js'
import type { Receipted, Subject } from '../../../src/testing/laws/subject.js'
import { altered, isConflict, rewriting } from './alter.js'

/** Ids are dropped, so that each report gets one derived from its content. */
export const droppingIds: Subject = altered((engine) => {
  const derived = new Map<unknown, string>()
  return {
    append: async (reports) => {
      const receipts: Receipted[] = []
      for (const { id, ...report } of reports as ReportInput[]) {
        const of = derived.get(report.claim.of) ?? report.claim.of
        const claim = of === undefined ? report.claim : { ...report.claim, of }
        const [receipt] = await engine.append([{ ...report, claim }])
        derived.set(id, receipt!.id)
        receipts.push(receipt!)
      }
      return receipts
    },
  }
})

/** A report that is there already is entered again under another id, in no batch. */
export const enteringAgain: Subject = altered((engine) => ({
  append: (reports) =>
    engine.append(
      (reports as ReportInput[]).map((report) => {
        if (engine.receipt(report.id) === undefined) return report
        const { batch: _, ...again } = report
        return { ...again, id: `${report.id} ${engine.head}` }
      }),
    ),
}))

/** A receipt of what was there already says that it is new. */
export const forgettingDuplicates: Subject = altered((engine) => ({
  append: async (reports) =>
    (await engine.append(reports)).map((receipt) => ({ ...receipt, duplicate: false })),
}))

/** Other content under an id that is taken is passed over. */
export const swallowingConflicts: Subject = altered((engine) => ({
  append: async (reports) => {
    if (!(await isConflict(engine.append(reports)))) return engine.append(reports)
    return (reports as ReportInput[]).flatMap(({ id }) => engine.receipt(id) ?? [])
  },
}))

/** The reports of a commit are committed one by one. */
export const committingEach: Subject = altered((engine) => ({
  append: async (reports) => {
    const receipts: Receipted[] = []
    for (const report of reports) receipts.push(...(await engine.append([report])))
    return receipts
  },
}))

/** Citations are left out. */
export const droppingCitations: Subject = rewriting((report) => {
  const { citation: _, ...rest } = report as ReportInput & { citation?: unknown }
  return rest
})

/** A void of one report voids all that its publisher told by then. */
export const voidingPublishers: Subject = altered((engine) => {
  const told: ReportInput[] = []
  const withOthers = (report: ReportInput): ReportInput[] => {
    told.push(report)
    const { id, claim } = report
    const named = told.find((one) => claim.kind === 'void' && one.id === claim.of)
    const publisher = named && chainOf(named)[0]
    const others = told.filter(
      (one) => publisher !== undefined && one !== named && chainOf(one)[0] === publisher,
    )
    return [
      report,
      ...others.map((one) => ({
        ...report,
        id: `${id} ${one.id}`,
        claim: { ...claim, of: one.id },
      })),
    ]
  }
  return { append: (reports) => engine.append((reports as ReportInput[]).flatMap(withOthers)) }
})

/** Withdrawals, or voids, come to nothing: an entry that says nothing stands in their place. */
export function idle(kind: 'withdrawal' | 'void'): Subject {
  return rewriting((report) =>
    report.claim.kind === kind
      ? { id: report.id, published: report.published, claim: { kind: 'place', place: 'p1' } }
      : report,
  )
}
