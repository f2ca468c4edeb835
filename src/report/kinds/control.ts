/** Control of a place, in facets that are known separately; a claim sets only those it speaks of (DESIGN 4). */
import { z } from 'zod'
import { canonical } from '../canonical.js'
import { actors, atLeast, maybe, placeId, typed, words } from '../fields.js'
import { defineClaim } from '../kind.js'
import type { Timed } from '../types.js'
import { compareUtf8 } from '../utf8.js'

export const CONTROL_FACETS = [
  'holder',
  'contest',
  'fireControl',
  'siege',
  'threat',
  'presence',
  'administration',
] as const
export type ControlFacet = (typeof CONTROL_FACETS)[number]

const facet = z.enum(CONTROL_FACETS, {
  error: `is no facet; one of ${CONTROL_FACETS.join(', ')} would be right`,
})
const NO_EXTENT = 'is no extent; "full" or "partial" would be right, or none where it is unstated'
const OF_NOBODY = 'is said of nobody; no extent, or a holder, would be right'
const extent = z.enum(['full', 'partial'], { error: NO_EXTENT })

/** Who holds it; no actors is nobody. */
const held = z
  .union(
    [
      z.strictObject({ actors, extent: maybe(extent) }),
      actors.transform((held): { actors: string[]; extent?: Extent } => ({ actors: held })),
    ],
    { error: 'is no holder; an actor, a list of actors or { actors, extent } would be right' },
  )
  .superRefine((held, context) => {
    if (held.actors.length === 0 && held.extent !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['extent'],
        message: OF_NOBODY,
        input: held.extent,
      })
  })

/** One of these, the source does not know which; in the order of their canonical texts. */
const alternatives = z.strictObject({
  oneOf: z
    .array(held, {
      error: typed('is no list of holders; two or more of them would be right'),
    })
    .check(atLeast(2, 'holders'))
    .transform((holders, context) => {
      const texts = new Map(holders.map((one) => [canonical(one), one]))
      if (texts.size < holders.length)
        context.addIssue({
          code: 'custom',
          message: 'names a holder twice; each of them once would be right',
        })
      return [...texts].sort(([a], [b]) => compareUtf8(a, b)).map(([, one]) => one)
    }),
})

const holder = z.union([held, alternatives], {
  error: 'is no holder; an actor, a list of actors, { actors, extent } or { oneOf } would be right',
})

/** Of whom a negative claim speaks: somebody. */
const others = maybe(actors.check(atLeast(1, 'actor')))

/** What has not come about, by facet: the place has not fallen to them, they do not besiege it. */
const not = z
  .strictObject(
    {
      holder: others,
      contest: others,
      fireControl: others,
      siege: others,
      threat: others,
      presence: others,
      administration: others,
    },
    {
      error: typed(
        'is no negative claim; actors by facet would be right, as in { "holder": ["hezbollah"] }',
      ),
    },
  )
  .check((context) => {
    if (Object.keys(context.value).length === 0)
      context.issues.push({
        code: 'custom',
        input: context.value,
        message: `denies nothing; actors under at least one of ${CONTROL_FACETS.join(', ')} would be right`,
      })
  })

const ends = z
  .union([z.literal(true), facet, z.array(facet)], {
    error: `is no list of facets; true (all of them) or some of ${CONTROL_FACETS.join(', ')} would be right`,
  })
  .transform((ended, context): ControlFacet[] => {
    if (ended === true) return [...CONTROL_FACETS].sort(compareUtf8)
    const facets = typeof ended === 'string' ? [ended] : ended
    if (facets.length === 0 || new Set(facets).size < facets.length)
      context.addIssue({
        code: 'custom',
        message: 'names no facet, or one twice; each facet once would be right',
      })
    return [...facets].sort(compareUtf8)
  })

const stated = z.strictObject({
  place: placeId,
  status: maybe(words),
  holder: maybe(holder),
  contest: maybe(actors),
  fireControl: maybe(actors),
  siege: maybe(actors),
  threat: maybe(actors),
  presence: maybe(actors),
  administration: maybe(actors),
  not: maybe(not),
  ends: maybe(ends),
})

type Extent = z.output<typeof extent>
type Stated = z.output<typeof stated> & { mode?: 'change' }
export type ControlClaim = { kind: 'control' } & z.output<typeof stated> & Timed
/** Who holds a place. */
export type Holder = z.output<typeof held>
/** Who may hold it: one of these. */
export type Alternatives = z.output<typeof alternatives>

/** Takes `extent` beside `holder` into it; refuses what stands beside alternatives. */
const written = z.unknown().transform((claim, context) => {
  const beside = besideAlternatives(claim)
  if (beside !== undefined) {
    const message = 'stands beside alternatives; the same in each of them would be right'
    context.addIssue({ code: 'custom', path: ['holder', beside], message, input: claim })
    return z.NEVER
  }
  if (typeof claim !== 'object' || claim === null || !('extent' in claim)) return claim
  const { extent: stated, ...rest } = claim as { extent: unknown; holder?: unknown }
  const { holder } = rest
  const simple = typeof holder === 'string' || Array.isArray(holder)
  const message = !simple
    ? `is said of ${holder === undefined ? 'no holder' : 'a holder that is an object'}; a holder beside it, or { actors, extent }, would be right`
    : Array.isArray(holder) && holder.length === 0
      ? OF_NOBODY
      : extent.safeParse(stated).success
        ? null
        : NO_EXTENT
  if (message === null) return { ...rest, holder: { actors: holder, extent: stated } }
  context.addIssue({ code: 'custom', path: ['extent'], message, input: stated })
  return z.NEVER
})

function besideAlternatives(claim: unknown): string | undefined {
  const { holder } = (claim ?? {}) as { holder?: unknown }
  if (typeof holder !== 'object' || holder === null || !('oneOf' in holder)) return undefined
  return Object.keys(holder).find((field) => field === 'actors' || field === 'extent')
}

export const control = defineClaim({
  kind: 'control',
  schema: written.pipe(stated).transform((claim, context): Stated => {
    const set = CONTROL_FACETS.filter((name) => claim[name] !== undefined)
    const denied = CONTROL_FACETS.filter((name) => claim.not?.[name] !== undefined)
    const twice = (path: 'ends' | 'not', verb: string, name: string, otherwise: string) =>
      context.addIssue({
        code: 'custom',
        path: [path],
        message: `${verb} ${name}, which the claim also ${otherwise}; one of the two would be right`,
      })
    const denies = denied.find((name) => set.includes(name))
    if (denies !== undefined) twice('not', 'denies', denies, 'sets')
    const both = (claim.ends ?? []).find((name) => set.includes(name) || denied.includes(name))
    if (both !== undefined) twice('ends', 'ends', both, set.includes(both) ? 'sets' : 'denies')
    if (set.length === 0 && denied.length === 0 && claim.ends === undefined)
      context.addIssue({
        code: 'custom',
        message: `says nothing of the place; at least one of ${CONTROL_FACETS.join(', ')}, or not, or ends, would be right`,
      })
    return set.length === 0 && denied.length === 0 ? { ...claim, mode: 'change' } : claim
  }),
  endless: ({ not }) => (not === undefined ? null : 'a negative claim'),
  references: (claim) => ({
    places: [claim.place],
    actors: [
      ...(claim.holder === undefined ? [] : holdersIn(claim.holder).flatMap((one) => one.actors)),
      ...CONTROL_FACETS.flatMap((name) => (name === 'holder' ? [] : (claim[name] ?? []))),
      ...CONTROL_FACETS.flatMap((name) => claim.not?.[name] ?? []),
    ],
  }),
})

/** The holder, or each of the alternatives. */
export function holdersIn(holder: Holder | Alternatives): readonly Holder[] {
  return 'oneOf' in holder ? holder.oneOf : [holder]
}
