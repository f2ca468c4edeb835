/**
 * What sources think of reports and of each other: the stance of another account on a report, and
 * ratings on two scales that are never mixed. F and 6 mean "cannot be judged" (DESIGN 4).
 */
import { z } from 'zod'
import { maybe, prose, reportId, sourceId } from '../fields.js'
import { defineClaim } from '../kind.js'

const stanceOn = z.strictObject({
  of: reportId,
  stance: z.enum(['none', 'corroborate', 'doubt', 'deny'], {
    error: 'is no stance; none, corroborate, doubt or deny would be right',
  }),
  reason: maybe(prose),
})
export type StanceClaim = { kind: 'stance' } & z.output<typeof stanceOn>

/** The same account's later stance on the same report takes the place of its earlier one. */
export const stance = defineClaim({
  kind: 'stance',
  schema: stanceOn,
  timed: false,
  takes: [],
  references: (claim) => ({ reports: [claim.of] }),
})

const CREDIBILITY = 'is no credibility; 1 to 5, or 6 for what cannot be judged, would be right'

const rated = z
  .strictObject({
    source: maybe(sourceId),
    report: maybe(reportId),
    reliability: maybe(
      z.enum(['A', 'B', 'C', 'D', 'E', 'F'], {
        error: 'is no reliability; A to E, or F for what cannot be judged, would be right',
      }),
    ),
    credibility: maybe(
      z
        .int({ error: CREDIBILITY })
        .check(z.gte(1, { error: CREDIBILITY }), z.lte(6, { error: CREDIBILITY })),
    ),
    reason: maybe(prose),
  })
  .superRefine((claim, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if ((claim.source === undefined) === (claim.report === undefined))
      context.addIssue({
        code: 'custom',
        message:
          'rates both or neither of a source and a report; { source, reliability } or { report, credibility } would be right',
      })
    else if (claim.source !== undefined) {
      if (claim.reliability === undefined)
        refuse('reliability', 'is missing; A to E, or F for what cannot be judged, would be right')
      if (claim.credibility !== undefined)
        refuse(
          'credibility',
          'is how far a report is believed; reliability would be right of a source',
        )
    } else {
      if (claim.credibility === undefined)
        refuse('credibility', 'is missing; 1 to 5, or 6 for what cannot be judged, would be right')
      if (claim.reliability !== undefined)
        refuse(
          'reliability',
          'is how far a source is relied on; credibility would be right of a report',
        )
    }
  })
export type RatingClaim = { kind: 'rating' } & z.output<typeof rated>

/** Without a start it holds over all valid time; with one, from then on. */
export const rating = defineClaim({
  kind: 'rating',
  schema: rated,
  timed: false,
  references: (claim) => ({
    sources: claim.source === undefined ? [] : [claim.source],
    reports: claim.report === undefined ? [] : [claim.report],
  }),
})
