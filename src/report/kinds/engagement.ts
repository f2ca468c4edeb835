/**
 * Engagements: who fought whom, where, with what outcome and what losses, as one account tells
 * it; and that two engagements are one, or one part of another (DESIGN 4).
 */
import { z } from 'zod'
import {
  actorId,
  actors,
  atLeast,
  engagementId,
  idSet,
  mark,
  maybe,
  places,
  prose,
  sort,
  typed,
  words,
} from '../fields.js'
import { defineClaim } from '../kind.js'
import type { Timed } from '../types.js'
import { compareUtf8 } from '../utf8.js'

const count = z
  .int({ error: 'is no count; a whole number from 0 would be right' })
  .check(z.nonnegative({ error: 'is below zero; a whole number from 0 would be right' }))

/** How many; a plain number is exact. */
const losses = z
  .union(
    [
      count.transform((n): { low: number; best?: number; high: number } => ({
        low: n,
        best: n,
        high: n,
      })),
      z.strictObject({ low: count, best: maybe(count), high: count }),
    ],
    { error: 'is no count; a whole number or { low, best, high } would be right' },
  )
  .superRefine(({ low, best = low, high }, context) => {
    if (low > best || best > high)
      context.addIssue({
        code: 'custom',
        message: `has low ${low}, best ${best} and high ${high}; low <= best <= high would be right`,
      })
  })

const toll = z
  .strictObject(
    {
      actor: maybe(actorId),
      civilians: maybe(mark),
      killed: maybe(losses),
      wounded: maybe(losses),
      captured: maybe(losses),
      /** Killed, wounded, captured and missing together, where the source counts them as one. */
      total: maybe(losses),
    },
    {
      error: typed(
        'is no entry of losses; { actor, killed, wounded, captured, total } would be right',
      ),
    },
  )
  .superRefine((suffered, context) => {
    if ((suffered.actor === undefined) === (suffered.civilians === undefined))
      context.addIssue({
        code: 'custom',
        message: 'is of nobody or of two; either an actor or civilians: true would be right',
      })
    if (!suffered.killed && !suffered.wounded && !suffered.captured && !suffered.total)
      context.addIssue({
        code: 'custom',
        message: 'counts nobody; killed, wounded, captured or total would be right',
      })
  })

const casualties = z
  .array(toll, { error: 'is no list of losses; a list with one entry per party would be right' })
  .transform((tolls, context) => {
    const parties = tolls.map(partyOf)
    const again = parties.findIndex((party, i) => parties.indexOf(party) < i)
    if (again >= 0)
      context.addIssue({
        code: 'custom',
        path: [again],
        message: 'is a second entry of one party; one entry per party would be right',
      })
    return [...tolls].sort((a, b) => compareUtf8(partyOf(a), partyOf(b)))
  })

/** Civilians come after every actor: no id begins with a control character of this kind. */
function partyOf(suffered: { actor?: string }): string {
  return suffered.actor ?? '\u{10ffff}'
}

const outcome = z.union(
  [
    words.transform((result): { result: string; victors?: string[] } => ({ result })),
    z.strictObject({
      result: words,
      victors: maybe(actors.check(atLeast(1, 'victor'))),
    }),
  ],
  { error: 'is no outcome; words or { result, victors } would be right' },
)

const belligerents = z.record(
  z.string().check(
    z.regex(/^[a-z][a-z0-9-]{0,63}$/, {
      error: 'is no role; lower-case words would be right, as in "attackers"',
    }),
  ),
  actors.check(atLeast(1, 'belligerent')),
  {
    error: typed('is no set of belligerents; { role: actors } would be right'),
  },
)

const schema = z.strictObject({
  engagement: maybe(engagementId),
  type: sort,
  places: places.check(atLeast(1, 'place')),
  belligerents: belligerents.default({}),
  outcome: maybe(outcome),
  casualties: maybe(casualties),
  operation: maybe(engagementId),
  summary: maybe(prose),
  status: maybe(words),
})

export type EngagementClaim = { kind: 'engagement' } & z.output<typeof schema> & Timed
/** The summary lies beside the report as a part. */
export type Casualties = z.output<typeof toll>
export type Losses = z.output<typeof losses>

export const engagement = defineClaim({
  kind: 'engagement',
  schema,
  hidden: ['summary'],
  references: (claim) => ({
    places: claim.places,
    actors: [
      ...Object.values(claim.belligerents).flat(),
      ...(claim.outcome?.victors ?? []),
      ...(claim.casualties ?? []).flatMap((suffered) => suffered.actor ?? []),
    ],
  }),
})

const same = z.strictObject({
  engagements: idSet(engagementId, 'set of engagements').check(atLeast(2, 'engagements')),
})
export type SameEngagementClaim = { kind: 'same-engagement' } & z.output<typeof same> & Timed

/** That what is told under several ids is one engagement. */
export const sameEngagement = defineClaim({ kind: 'same-engagement', schema: same })

const partOf = z
  .strictObject({ part: engagementId, whole: engagementId })
  .superRefine(({ part, whole }, context) => {
    if (part === whole)
      context.addIssue({
        code: 'custom',
        path: ['whole'],
        message: 'is the part itself; another engagement would be right',
      })
  })
export type PartOfEngagementClaim = { kind: 'part-of-engagement' } & z.output<typeof partOf> & Timed

/** That one engagement is part of another. */
export const partOfEngagement = defineClaim({ kind: 'part-of-engagement', schema: partOf })
