/** Control of a place, in facets that are known separately; a claim sets only those it speaks of (DESIGN 4). */
import { z } from 'zod'
import { actors, maybe, placeId, words } from '../fields.js'
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
const holder = z
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
  ends: maybe(ends),
})

type Extent = z.output<typeof extent>
type Stated = z.output<typeof stated> & { mode?: 'change' }
export type ControlClaim = { kind: 'control' } & z.output<typeof stated> & Timed
export type Holder = z.output<typeof holder>

/** Takes `extent` beside `holder` into it. */
const written = z.unknown().transform((claim, context) => {
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

export const control = defineClaim({
  kind: 'control',
  schema: written.pipe(stated).transform((claim, context): Stated => {
    const set = CONTROL_FACETS.filter((name) => claim[name] !== undefined)
    const both = set.find((name) => claim.ends?.includes(name))
    if (both !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['ends'],
        message: `ends ${both}, which the claim also sets; one of the two would be right`,
      })
    if (set.length === 0 && claim.ends === undefined)
      context.addIssue({
        code: 'custom',
        message: `says nothing of the place; at least one of ${CONTROL_FACETS.join(', ')}, or ends, would be right`,
      })
    return set.length === 0 ? { ...claim, mode: 'change' } : claim
  }),
  references: (claim) => ({
    places: [claim.place],
    actors: CONTROL_FACETS.flatMap((name) =>
      name === 'holder' ? (claim.holder?.actors ?? []) : (claim[name] ?? []),
    ),
  }),
})
