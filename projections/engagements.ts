/**
 * What each account tells of each engagement: a fold, its key the engagement and the account, so
 * that tellings stand side by side. A later report of one account replaces the fields it states;
 * losses are kept per party and never added across accounts, nor a whole to its parts.
 */
import {
  defineProjection,
  type EngagementClaim,
  type Losses,
  type PartOfEngagementClaim,
  type SameEngagementClaim,
  type Told,
} from '../src/define.js'

export interface EngagementState {
  /** Assault, clash, shelling …; `null` until a report says. */
  type: string | null
  places: string[]
  /** Actors by role. */
  belligerents: Record<string, string[]>
  /** Windows in milliseconds since 1970, half-open; `null` is an open or unstated bound. */
  start: { from: number | null; to: number | null } | null
  end: { from: number | null; to: number | null } | null
  outcome: { result: string; victors?: string[] } | null
  /** By party (an actor, or `civilians`), then by kind of loss. */
  casualties: Record<string, Record<string, Losses>>
  operation: string | null
  summary: string | null
  sameAs: string[]
  partOf: string[]
  parts: string[]
  /** Reports that tell of it, in canonical order. */
  reports: string[]
}

type Relation = SameEngagementClaim | PartOfEngagementClaim
type Telling = EngagementClaim | Relation

export const engagements = defineProjection<EngagementState>({
  type: 'fold',
  name: 'engagements',
  reads: ['engagement', 'same-engagement', 'part-of-engagement'],
  *keys({ claim: asserted, id, account }) {
    const claim = asserted as unknown as Telling
    if (claim.kind === 'engagement') yield { engagement: claim.engagement ?? id, account }
    else for (const engagement of related(claim)) yield { engagement, account }
  },
  initial: () => ({
    type: null,
    places: [],
    belligerents: {},
    start: null,
    end: null,
    outcome: null,
    casualties: {},
    operation: null,
    summary: null,
    sameAs: [],
    partOf: [],
    parts: [],
    reports: [],
  }),
  apply(state, told, key) {
    const claim = told.claim as unknown as Telling
    state.reports.push(told.id)
    if (claim.kind === 'engagement') tell(state, claim, told)
    else relate(state, claim, key.engagement ?? '')
  },
})

function tell(state: EngagementState, claim: EngagementClaim, { start, end }: Told): void {
  state.type = claim.type
  state.places = [...claim.places]
  state.start = { from: bound(start.from), to: bound(start.to) }
  if (end !== undefined) state.end = { from: bound(end.from), to: bound(end.to) }
  if (claim.outcome !== undefined) {
    const { result, victors } = claim.outcome
    state.outcome = { result, ...(victors === undefined ? {} : { victors: [...victors] }) }
  }
  if (claim.operation !== undefined) state.operation = claim.operation
  if (claim.summary !== undefined) state.summary = claim.summary
  for (const [role, actors] of Object.entries(claim.belligerents))
    state.belligerents[role] = [...actors]
  for (const { actor, killed, wounded, captured, total } of claim.casualties ?? []) {
    const party = actor ?? 'civilians'
    const stated = Object.entries({ killed, wounded, captured, total }).filter(
      (loss): loss is [string, Losses] => loss[1] !== undefined,
    )
    state.casualties[party] = { ...state.casualties[party], ...Object.fromEntries(stated) }
  }
}

function relate(state: EngagementState, claim: Relation, engagement: string): void {
  const add = (list: string[], id: string) => {
    if (id !== engagement && !list.includes(id)) list.push(id)
  }
  if (claim.kind === 'same-engagement')
    for (const other of claim.engagements) add(state.sameAs, other)
  else if (claim.part === engagement) add(state.partOf, claim.whole)
  else add(state.parts, claim.part)
}

function related(claim: Relation): readonly string[] {
  return claim.kind === 'same-engagement' ? claim.engagements : [claim.part, claim.whole]
}

function bound(at: number): number | null {
  return Number.isFinite(at) ? at : null
}
