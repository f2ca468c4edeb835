/**
 * Second thoughts: what speaks of earlier reports and not of the world. A source withdraws and
 * corrects what it said; the desk corrects and voids entries (DESIGN 5, RULINGS 23-26).
 */
import { z } from 'zod'
import { batchId, maybe, prose, reportId } from '../fields.js'
import { defineClaim } from '../kind.js'
import { correctionFields } from '../stored.js'

const of = reportId
const reason = prose
const timeless = { timed: false, takes: [] } as const

const withdrawn = z.strictObject({ of, reason: maybe(reason) })
export type WithdrawalClaim = { kind: 'withdrawal' } & z.output<typeof withdrawn>

export const withdrawal = defineClaim({
  kind: 'withdrawal',
  schema: withdrawn,
  ...timeless,
  references: (claim) => ({ reports: [claim.of] }),
})

const corrected = z.strictObject({
  of,
  reason,
  fields: correctionFields,
  /** Kind and revision of the form that `fields.claim` is written in. */
  form: maybe(z.strictObject({ kind: z.string(), revision: z.int().check(z.positive()) })),
})
export type CorrectionClaim = { kind: 'correction' } & z.output<typeof corrected>
export type EntryCorrectionClaim = { kind: 'entry-correction' } & z.output<typeof corrected>

export const correction = defineClaim({
  kind: 'correction',
  schema: corrected.refine((claim) => claim.fields.attribution === undefined, {
    path: ['fields', 'attribution'],
    error: 'is corrected by the desk alone; an entry-correction would be right',
  }),
  ...timeless,
  references: (claim) => ({ reports: [claim.of] }),
})

export const entryCorrection = defineClaim({
  kind: 'entry-correction',
  by: 'desk',
  schema: corrected,
  ...timeless,
  references: (claim) => ({
    reports: [claim.of],
    sources: claim.fields.attribution?.map((hop) => hop.source) ?? [],
  }),
})

const voided = z
  .strictObject({ of: maybe(of), batch: maybe(batchId), reason })
  .superRefine((claim, context) => {
    if ((claim.of === undefined) === (claim.batch === undefined))
      context.addIssue({
        code: 'custom',
        message:
          'names both or neither of a report (of) and a batch; one of the two would be right',
      })
  })
export type VoidClaim = { kind: 'void' } & z.output<typeof voided>

export const voiding = defineClaim({
  kind: 'void',
  by: 'desk',
  schema: voided,
  ...timeless,
  references: (claim) => ({ reports: claim.of === undefined ? [] : [claim.of] }),
})
