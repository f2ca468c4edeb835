/**
 * Who controls a place, per account: a register of seven facets that are known separately. A claim
 * of full control by somebody sets contest and siege to none unless it says otherwise, there and
 * in the parts of the place, and ends what the account said before of who holds a part
 * (RULINGS 10).
 */
import {
  CONTROL_FACETS,
  type ControlClaim,
  type ControlFacet,
  type DisputeRule,
  defineProjection,
  type FacetValue,
  type Holder,
  UNSAID,
  type Words,
} from '../src/define.js'

type Stated = Partial<Record<ControlFacet, FacetValue | typeof UNSAID>>

export const control = defineProjection({
  type: 'register',
  name: 'control',
  reads: ['control'],
  facets: CONTROL_FACETS,
  *sets({ claim: asserted, account }) {
    const claim = asserted as unknown as ControlClaim
    const { holder } = claim
    const facets: Stated = {}
    for (const facet of CONTROL_FACETS)
      if (claim[facet] !== undefined) facets[facet] = asserted[facet] as FacetValue
    for (const facet of claim.ends ?? []) facets[facet] = UNSAID
    const key = { place: claim.place, account }
    if (holder?.extent !== 'full' || holder.actors.length === 0) {
      yield { key, facets }
      return
    }
    const cleared: Stated = {}
    for (const facet of ['contest', 'siege'] as const) if (!(facet in facets)) cleared[facet] = []
    yield { key, facets: { ...cleared, ...facets }, parts: { ...cleared, holder: UNSAID } }
  },
  disputes: [
    { facets: ['holder', 'contest'], clash: tenure, vocabulary: looselyHeld, when: 'holder' },
    {
      facets: ['administration'],
      clash: (a, b) => parties(actors(a.administration), actors(b.administration)),
    },
    ...(['siege', 'fireControl', 'threat', 'presence'] as const).map(
      (facet): DisputeRule => ({
        facets: [facet],
        clash: (a, b) => someOrNone(actors(a[facet]), actors(b[facet])),
      }),
    ),
  ],
})

type Clash = ReturnType<DisputeRule['clash']>
type Actors = readonly string[] | null

/** Held, and by whom, or still fought for. Silence fits everything. */
function tenure(a: Words, b: Words): Clash {
  const x = a.holder as Holder | null | undefined
  const y = b.holder as Holder | null | undefined
  if (x != null && y != null) {
    const who = parties(x.actors, y.actors)
    if (who !== null) return who
    if (x.extent !== undefined && y.extent !== undefined && x.extent !== y.extent) return 'extent'
  }
  return (
    someOrNone(actors(a.contest), actors(b.contest)) ??
    contestedAgainstHeld(a, b) ??
    contestedAgainstHeld(b, a)
  )
}

/** One speaks of fighting alone, the other of holding alone, and not of a part. */
function contestedAgainstHeld(a: Words, b: Words): Clash {
  const held = b.holder as Holder | null | undefined
  const fought = a.holder == null && (actors(a.contest)?.length ?? 0) > 0
  const quiet =
    held != null && held.actors.length > 0 && held.extent !== 'partial' && b.contest == null
  return fought && quiet ? 'extent' : null
}

/** Held, though not stated to be full: a front line may run through what is said to be held. */
function looselyHeld(a: Words, b: Words): boolean {
  const held = b.holder as Holder | null | undefined
  return contestedAgainstHeld(a, b) !== null && held?.extent !== 'full'
}

/** Naming fewer of the same is no clash; nobody and somebody are. */
function parties(a: Actors, b: Actors): Clash {
  if (a === null || b === null) return null
  if ((a.length === 0) !== (b.length === 0)) return 'who'
  const within = (x: readonly string[], y: readonly string[]) =>
    x.every((actor) => y.includes(actor))
  return within(a, b) || within(b, a) ? null : 'who'
}

function someOrNone(a: Actors, b: Actors): Clash {
  return a !== null && b !== null && (a.length === 0) !== (b.length === 0) ? 'extent' : null
}

function actors(value: FacetValue | null | undefined): Actors {
  return Array.isArray(value) ? (value as readonly string[]) : null
}
