/**
 * What each account tells of each engagement: a fold, its key the engagement and the account, so
 * that tellings stand side by side. A later report of one account replaces the fields it states;
 * losses are kept per party and never added across accounts, nor a whole to its parts.
 */
import { defineProjection, type Told } from '../src/define.js'

/** Killed, wounded or captured, as a range. */
export interface Range {
  readonly low: number
  readonly best?: number
  readonly high: number
}

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
  casualties: Record<string, Record<string, Range>>
  operation: string | null
  summary: string | null
  sameAs: string[]
  partOf: string[]
  parts: string[]
  /** Reports that tell of it, in canonical order. */
  reports: string[]
}

interface Loss {
  readonly actor?: string
  readonly killed?: Range
  readonly wounded?: Range
  readonly captured?: Range
}

export const engagements = defineProjection<EngagementState>({
  type: 'fold',
  name: 'engagements',
  reads: ['engagement', 'same-engagement', 'part-of-engagement'],
  *keys({ claim, id, account }) {
    if (claim.kind === 'engagement') yield { engagement: String(claim.engagement ?? id), account }
    else
      for (const engagement of (claim.engagements ?? [claim.part, claim.whole]) as string[])
        yield { engagement, account }
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
    state.reports.push(told.id)
    if (told.claim.kind === 'engagement') tell(state, told)
    else relate(state, told, key.engagement ?? '')
  },
})

function tell(state: EngagementState, { claim, start, end }: Told): void {
  state.type = (claim.type as string | undefined) ?? state.type
  state.places = (claim.places as string[] | undefined) ?? state.places
  state.outcome =
    (claim.outcome as unknown as EngagementState['outcome'] | undefined) ?? state.outcome
  state.operation = (claim.operation as string | undefined) ?? state.operation
  state.summary = (claim.summary as string | undefined) ?? state.summary
  state.start = { from: bound(start.from), to: bound(start.to) }
  if (end !== undefined) state.end = { from: bound(end.from), to: bound(end.to) }
  for (const [role, actors] of Object.entries(
    (claim.belligerents ?? {}) as Record<string, string[]>,
  ))
    state.belligerents[role] = actors
  for (const { actor, killed, wounded, captured } of (claim.casualties ??
    []) as unknown as Loss[]) {
    const party = actor ?? 'civilians'
    const stated = Object.entries({ killed, wounded, captured }).filter(
      (loss): loss is [string, Range] => loss[1] !== undefined,
    )
    state.casualties[party] = { ...state.casualties[party], ...Object.fromEntries(stated) }
  }
}

function relate(state: EngagementState, { claim }: Told, engagement: string): void {
  const add = (list: string[], id: unknown) => {
    if (typeof id === 'string' && id !== engagement && !list.includes(id)) list.push(id)
  }
  for (const other of (claim.engagements ?? []) as string[]) add(state.sameAs, other)
  if (claim.part === engagement) add(state.partOf, claim.whole)
  if (claim.whole === engagement) add(state.parts, claim.part)
}

function bound(at: number): number | null {
  return Number.isFinite(at) ? at : null
}
