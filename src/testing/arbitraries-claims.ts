/** Claims of the generators, in the form a person writes, and the names they use. */
import type { Json } from '../report/types.js'
import type { ReportInput } from './arbitraries-input.js'
import type { Changes, ControlMove, EngagementMove, Held } from './arbitraries-moves.js'

/** What a telling claims, as a person writes it. */
export function claimOf(
  act: ControlMove | EngagementMove | { act: 'sweep' },
): ReportInput['claim'] {
  if (act.act === 'sweep') return { kind: 'sweep' }
  return act.act === 'control' ? controlOf(act) : engagementOf(act)
}

function controlOf(act: ControlMove): ReportInput['claim'] {
  const { place, contest, siege, mode, basis, status } = act
  const stated = { holder: act.holder, contest, siege }
  const ends = (act.ends ?? []).filter((facet) => stated[facet] === undefined)
  const setsNothing = Object.values(stated).every((value) => value === undefined)
  const holder =
    act.holder ?? (setsNothing && ends.length === 0 ? { actors: ['red'], extent: null } : undefined)
  return {
    kind: 'control',
    place,
    ...(holder === undefined ? {} : holderOf({ written: 'beside', ...holder } as Held)),
    ...(contest === undefined ? {} : { contest: [...contest] }),
    ...(siege === undefined ? {} : { siege: [...siege] }),
    ...(ends.length === 0 ? {} : { ends }),
    // What only ends is a change by itself.
    ...(mode === undefined || (setsNothing && ends.length > 0) ? {} : { mode }),
    ...(basis === undefined ? {} : { basis }),
    ...(status === undefined ? {} : { status }),
  }
}

function holderOf({ actors, extent, written }: Held): { holder: Json; extent?: Json } {
  const [only, ...others] = actors
  if (extent === null || only === undefined)
    return { holder: only !== undefined && others.length === 0 ? only : [...actors] }
  if (written === 'within') return { holder: { actors: [...actors], extent } }
  return { holder: others.length === 0 ? only : [...actors], extent }
}

function engagementOf(act: EngagementMove): ReportInput['claim'] {
  if (act.relates === 'same') return { kind: 'same-engagement', engagements: ['e1', 'e2'] }
  if (act.relates === 'part') return { kind: 'part-of-engagement', part: 'e1', whole: 'e2' }
  return {
    kind: 'engagement',
    ...(act.engagement === undefined ? {} : { engagement: act.engagement }),
    type: act.type,
    places: [act.place],
    belligerents: { attackers: ['red'] },
    ...(act.losses === undefined
      ? {}
      : { casualties: [{ actor: 'blue', killed: { ...act.losses } }] }),
  }
}

/** What of the claim a correction may replace without it saying nothing or the same twice. */
export function claimChanges(claim: ReportInput['claim'], changes: Changes): Record<string, Json> {
  const fields: Record<string, Json> = {}
  if (claim.kind !== 'control') return fields
  const { place, holder, contest, mode, basis } = changes
  if (place !== undefined) fields.place = place
  if (holder !== undefined && claim.holder !== undefined) fields.holder = holderWhole(holder)
  if (contest !== undefined && claim.contest !== undefined)
    if (contest !== null || claim.holder !== undefined)
      fields.contest = contest === null ? null : [...contest]
  if (mode !== undefined && setsSomething(claim) && claim.throughout === undefined)
    fields.mode = mode
  if (basis !== undefined) fields.basis = basis
  return fields
}

/** Whether a claim of control says more than that something ends, which is a change by itself. */
export function setsSomething(claim: ReportInput['claim']): boolean {
  return ['holder', 'contest', 'siege'].some((facet) => claim[facet] !== undefined)
}

function holderWhole({ actors, extent }: Held): Json {
  return { actors: [...actors], ...(extent === null || actors.length === 0 ? {} : { extent }) }
}

const ACTOR_FIELDS = ['contest', 'siege', 'alignment'] as const

/** Names that a report uses, as `kind:id`; an unnamed source brings the one it stands under. */
export function namesIn({ claim, attribution = [] }: ReportInput): string[] {
  const named = (kind: string, ids: unknown): string[] =>
    (Array.isArray(ids) ? ids : ids === undefined || ids === null ? [] : [ids]).map(
      (id) => `${kind}:${id}`,
    )
  const fields = claim.fields as { claim?: Record<string, Json>; attribution?: Json } | undefined
  const hops = [...attribution, ...((fields?.attribution ?? []) as string[])]
  const inClaim = ({ holder, coverage, ...of }: Record<string, Json | undefined>) => [
    ...[...named('place', of.place), ...named('place', of.places), ...named('place', of.partOf)],
    ...named('place', (coverage as { places?: Json } | undefined)?.places),
    ...named('actor', (holder as { actors?: Json } | null | undefined)?.actors ?? holder),
    ...ACTOR_FIELDS.flatMap((field) => named('actor', of[field])),
    ...named('source', of.source),
    ...named('source', of.copies),
    ...(of.kind === 'engagement' ? ['actor:red', 'actor:blue'] : []),
  ]
  return [
    ...inClaim(claim),
    ...inClaim(fields?.claim ?? {}),
    ...hops.map((hop) => `source:${typeof hop === 'string' ? hop : hop.source}`),
  ].flatMap((name) => (name.includes('/') ? [name.split('/')[0]!, name] : [name]))
}
