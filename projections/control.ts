/**
 * Who controls a place, per account: a register of seven facets that are known separately. A claim
 * of full control by somebody sets contest and siege to none unless it says otherwise, there and
 * in the parts of the place, and ends what the account said before of who holds a part
 * (RULINGS 10). A negative claim denies a facet to actors: it takes away a value whose actors
 * are all among them, and where nothing is left it stands itself, as `{ not }` (RULINGS 12). What
 * names alternatives stands as `{ oneOf }` and may be any of them (RULINGS 13).
 */
import {
  type Alternatives,
  CONTROL_FACETS,
  type ControlClaim,
  type ControlFacet,
  compareUtf8,
  type DisputeRule,
  defineProjection,
  denied,
  type Facets,
  type FacetValue,
  type Holder,
  holdersIn,
  UNSAID,
  type Words,
} from '../src/define.js'

type Stated = { -readonly [facet in ControlFacet]?: Facets<ControlFacet>[facet] }

export const control = defineProjection({
  type: 'register',
  name: 'control',
  reads: ['control'],
  facets: CONTROL_FACETS,
  *sets({ claim: asserted, account }) {
    const claim = asserted as unknown as ControlClaim
    const facets: Stated = {}
    for (const facet of CONTROL_FACETS) {
      const actors = claim.not?.[facet]
      if (claim[facet] !== undefined) facets[facet] = asserted[facet] as FacetValue
      else if (actors !== undefined) facets[facet] = denied({ not: actors })
    }
    for (const facet of claim.ends ?? []) facets[facet] = UNSAID
    const key = { place: claim.place, account }
    if (!isFull(claim.holder)) {
      yield { key, facets }
      return
    }
    const cleared: Stated = {}
    for (const facet of ['contest', 'siege'] as const) if (!(facet in facets)) cleared[facet] = []
    yield { key, facets: { ...cleared, ...facets }, parts: { ...cleared, holder: UNSAID } }
  },
  alternatives: (value) => alternativesIn(value) ?? [value],
  denials: {
    leaves(value, denial) {
      const others = deniedIn(denial) ?? []
      const alternatives = alternativesIn(value)
      if (alternatives === null) return contradicted(value, others) ? null : value
      const left = alternatives.filter((one) => !contradicted(one, others))
      if (left.length === alternatives.length) return value
      return left.length < 2 ? (left[0] ?? null) : { oneOf: left }
    },
    joined: (standing, further) => ({
      not: [...new Set([...(deniedIn(standing) ?? []), ...(deniedIn(further) ?? [])])].sort(
        compareUtf8,
      ),
    }),
  },
  disputes: [
    {
      facets: ['holder', 'contest'],
      clash: (a, b) => eachAlternative(a, b, 'holder', tenure),
      vocabulary: looselyHeld,
      when: 'holder',
    },
    {
      facets: ['administration'],
      clash: ({ administration: a }, { administration: b }) =>
        refuted(a, b) ? 'who' : parties(actors(a), actors(b)),
    },
    ...(['siege', 'fireControl', 'threat', 'presence'] as const).map(
      (facet): DisputeRule => ({
        facets: [facet],
        clash: (a, b) =>
          refuted(a[facet], b[facet]) ? 'extent' : someOrNone(actors(a[facet]), actors(b[facet])),
      }),
    ),
  ],
})

type Clash = ReturnType<DisputeRule['clash']>
type Actors = readonly string[] | null
type Word = FacetValue | null | undefined

/** Held fully by somebody; of alternatives, whichever of them it is. */
function isFull(holder: Holder | Alternatives | undefined): boolean {
  if (holder === undefined) return false
  return holdersIn(holder).every(({ actors, extent }) => extent === 'full' && actors.length > 0)
}

/** Held, and by whom, or still fought for. Silence fits everything. */
function tenure(a: Words, b: Words): Clash {
  if (refuted(a.holder, b.holder)) return 'who'
  const x = holderIn(a.holder)
  const y = holderIn(b.holder)
  if (x !== null && y !== null) {
    const who = parties(x.actors, y.actors)
    if (who !== null) return who
    if (x.extent !== undefined && y.extent !== undefined && x.extent !== y.extent) return 'extent'
  }
  if (refuted(a.contest, b.contest)) return 'extent'
  return (
    someOrNone(actors(a.contest), actors(b.contest)) ??
    contestedAgainstHeld(a, b) ??
    contestedAgainstHeld(b, a)
  )
}

/** One speaks of fighting alone, the other of holding alone, and not of a part. */
function contestedAgainstHeld(a: Words, b: Words): Clash {
  const held = holderIn(b.holder)
  const fought = holderIn(a.holder) === null && (actors(a.contest)?.length ?? 0) > 0
  const quiet =
    held !== null && held.actors.length > 0 && held.extent !== 'partial' && b.contest == null
  return fought && quiet ? 'extent' : null
}

/** Held, though not stated to be full: a front line may run through what is said to be held. */
function looselyHeld(a: Words, b: Words): boolean {
  if (eachAlternative(a, b, 'holder', tenure) === 'who') return false
  const holders = alternativesIn(b.holder) ?? [b.holder ?? null]
  return holders.some(
    (holder) =>
      contestedAgainstHeld(a, { ...b, holder }) !== null && holderIn(holder)?.extent !== 'full',
  )
}

/** Alternatives clash only where every one of them does; on extent alone where some do on that alone. */
function eachAlternative(
  a: Words,
  b: Words,
  facet: string,
  clash: (a: Words, b: Words) => Clash,
): Clash {
  const one = (words: Words) => alternativesIn(words[facet]) ?? [words[facet]!]
  let found: Clash = 'who'
  for (const x of one(a))
    for (const y of one(b)) {
      const kind = clash({ ...a, [facet]: x }, { ...b, [facet]: y })
      if (kind === null) return null
      if (kind === 'extent') found = kind
    }
  return found
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

/** Whether one denies what the other says. */
function refuted(a: Word, b: Word): boolean {
  const [x, y] = [deniedIn(a), deniedIn(b)]
  return (x !== null && contradicted(b, x)) || (y !== null && contradicted(a, y))
}

/** A value that has actors, all of them among those to whom it is denied. */
function contradicted(value: Word, others: readonly string[]): boolean {
  const named = holderIn(value)?.actors ?? actors(value)
  return named !== null && named.length > 0 && named.every((actor) => others.includes(actor))
}

function actors(value: Word): Actors {
  return Array.isArray(value) ? (value as readonly string[]) : null
}

function holderIn(value: Word): Holder | null {
  return isRecord(value) && 'actors' in value ? (value as unknown as Holder) : null
}

/** To whom a facet is denied; `null` of what is no denial. */
function deniedIn(value: Word): Actors {
  return isRecord(value) && 'not' in value ? actors(value.not) : null
}

function alternativesIn(value: Word): readonly FacetValue[] | null {
  return isRecord(value) && Array.isArray(value.oneOf) ? value.oneOf : null
}

function isRecord(value: Word): value is { readonly [field: string]: FacetValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
