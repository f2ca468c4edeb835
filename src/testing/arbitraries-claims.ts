/** Claims of the generators, in the form a person writes, and the names they use. */
import type { Json } from '../report/types.js'
import type { ReportInput } from './arbitraries-input.js'
import type { Changes, ControlMove, EngagementMove, Held, MovedFacet } from './arbitraries-moves.js'

/** What a telling claims, as a person writes it. */
export function claimOf(
  act: ControlMove | EngagementMove | { act: 'sweep' },
): ReportInput['claim'] {
  if (act.act === 'sweep') return { kind: 'sweep' }
  return act.act === 'control' ? controlOf(act) : engagementOf(act)
}

function controlOf(act: ControlMove): ReportInput['claim'] {
  const { place, mode, basis, status, not = {} } = act
  const unless = <T>(facet: MovedFacet, value: T | undefined) =>
    not[facet] === undefined ? value : undefined
  const contest = unless('contest', act.contest)
  const siege = unless('siege', act.siege)
  const stated = { holder: unless('holder', act.holder), contest, siege }
  const says = [...Object.entries(stated), ...Object.entries(not)].filter(([, value]) => value)
  const ends = (act.ends ?? []).filter((facet) => says.every(([said]) => said !== facet))
  const holder =
    stated.holder ??
    (says.length === 0 && ends.length === 0 ? { actors: ['red'], extent: null } : undefined)
  return {
    kind: 'control',
    place,
    ...(holder === undefined ? {} : holderOf({ written: 'beside', ...holder } as Held, act.orElse)),
    ...(contest === undefined ? {} : { contest: [...contest] }),
    ...(siege === undefined ? {} : { siege: [...siege] }),
    ...(act.not === undefined ? {} : { not: { ...act.not } }),
    ...(ends.length === 0 ? {} : { ends }),
    // What only ends is a change by itself.
    ...(mode === undefined || (says.length === 0 && ends.length > 0) ? {} : { mode }),
    ...(basis === undefined ? {} : { basis }),
    ...(status === undefined ? {} : { status }),
  }
}

function holderOf(held: Held, orElse?: Held): { holder: Json; extent?: Json } {
  const either = [held, ...(orElse === undefined ? [] : [orElse])].map(holderWhole)
  if (new Set(either.map((one) => JSON.stringify(one))).size > 1)
    return { holder: { oneOf: either } }
  const { actors, extent, written } = held
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
  const { place, holder, contest, not, mode, basis } = changes
  if (place !== undefined) fields.place = place
  if (holder !== undefined && claim.holder !== undefined) fields.holder = holderWhole(holder)
  if (contest !== undefined && claim.contest !== undefined)
    if (contest !== null || claim.holder !== undefined)
      fields.contest = contest === null ? null : [...contest]
  if (not !== undefined && isDeniedHolder(claim)) fields.not = { holder: [...not] }
  if (mode !== undefined && setsSomething(claim) && claim.throughout === undefined)
    fields.mode = mode
  if (basis !== undefined) fields.basis = basis
  return fields
}

/** Whether a claim of control says more than that something ends, which is a change by itself. */
export function setsSomething(claim: ReportInput['claim']): boolean {
  return ['holder', 'contest', 'siege', 'not'].some((facet) => claim[facet] !== undefined)
}

/** Whether the claim denies, and so takes no end and is never foretold. */
export function denies(claim: ReportInput['claim']): boolean {
  return claim.not !== undefined
}

function isDeniedHolder({ not }: ReportInput['claim']): boolean {
  return typeof not === 'object' && not !== null && 'holder' in not
}

function holderWhole({ actors, extent }: Held): Json {
  return { actors: [...actors], ...(extent === null || actors.length === 0 ? {} : { extent }) }
}

/** The holder, or each of the alternatives. */
function holders(holder: Json | undefined): readonly (Json | undefined)[] {
  return (holder as { oneOf?: readonly Json[] } | null | undefined)?.oneOf ?? [holder]
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
    ...holders(holder).flatMap((one) => named('actor', (one as Partial<Held>)?.actors ?? one)),
    ...Object.values((of.not ?? {}) as Record<string, Json>).flatMap((ids) => named('actor', ids)),
    ...ACTOR_FIELDS.flatMap((field) => named('actor', of[field])),
    ...named('source', of.source),
    ...named('source', of.copies),
    ...named('actor', of.actor),
    ...named('actor', of.memberOf),
    ...named('actor', of.alliedWith),
    ...(of.kind === 'engagement' ? ['actor:red', 'actor:blue'] : []),
  ]
  return [
    ...inClaim(claim),
    ...inClaim(fields?.claim ?? {}),
    ...hops.map((hop) => `source:${typeof hop === 'string' ? hop : hop.source}`),
  ].flatMap((name) => (name.includes('/') ? [name.split('/')[0]!, name] : [name]))
}
