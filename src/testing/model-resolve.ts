/**
 * The naive model's resolvers (DESIGN 7, RULINGS 18, 40): each a few lines over every account at a
 * reading, with what others think of its report looked up in the bare list of what counts.
 */
import type { FacetValue } from '../fold/projection.js'
import type { Instant } from '../time/instant.js'
import { accountOfChain, type Form } from './model-forms.js'
import { byBytes, canonical, sortedValues } from './model-order.js'
import type { ModelRegistry } from './model-registry.js'
import { type ModelAccount, type ModelFacet, type ModelResolution, voice } from './model-weigh.js'

/** What a resolver is asked about: all accounts of a place, and what counts at the reading. */
export interface Weighed {
  readonly accounts: readonly ModelAccount[]
  /** Every facet of the projection. */
  readonly facets: readonly string[]
  readonly forms: readonly Form[]
  readonly registry: ModelRegistry
  readonly t: Instant
}

interface Speaker {
  readonly account: string
  readonly origin: string
  readonly alignment: string | null
  readonly value: FacetValue
  readonly facet: ModelFacet
  readonly form: Form
}

interface Taken {
  readonly account: string
  readonly origin: string
  readonly stance: string
  readonly relays: boolean
}

/** By facet, for every facet on which some account has a voice, or of which a cautious reader hears. */
export function resolveFacets(of: Weighed, resolver: string): Record<string, ModelResolution> {
  const resolved: Record<string, ModelResolution> = {}
  for (const facet of of.facets) {
    const speakers = speakersOn(facet, of)
    const resolution = decide(facet, speakers, of, resolver)
    if (speakers.length > 0 || (resolver === 'cautious' && resolution.decided))
      resolved[facet] = resolution
  }
  return resolved
}

function speakersOn(facet: string, { accounts, forms }: Weighed): Speaker[] {
  return accounts.flatMap(({ account, alignment, facets }): Speaker[] => {
    const at = facets[facet]
    const value = voice(at)
    if (value === null) return []
    const form = forms.find(({ id }) => id === at!.carrier)!
    const { name, origin } = account
    return [{ account: name, origin, alignment, value, facet: at!, form }]
  })
}

function decide(
  facet: string,
  all: readonly Speaker[],
  of: Weighed,
  resolver: string,
): ModelResolution {
  const heard = all.filter((speaker) => !isDisowned(speaker, of))
  const [, name = '', args = ''] = /^([^(]*)(?:\((.*)\))?$/.exec(resolver)!
  switch (name) {
    case 'dispute':
      return alike(all, heard, heard)
    case 'latest':
      return alike(all, heard, newest(heard, of))
    case 'corroborated':
      return corroborated(all, heard, of, Number(args || 2))
    case 'ranked':
      return ranked(all, heard, args.split(','))
    case 'rated':
      return rated(all, heard, of)
    case 'cautious':
      return cautious(facet, all, heard, of)
    case 'against-interest':
      return againstInterest(facet, all, heard, of)
    default:
      throw new Error(`the model knows no resolver ${resolver}`)
  }
}

// What the origin takes back, what others think, and who copies whom.

/** A relay whose origin withdrew it, or denies it itself. */
function isDisowned({ account, origin, form }: Speaker, of: Weighed): boolean {
  if (account === origin) return false
  const own = stancesOn(form, of).filter((taken) => taken.account === origin)
  return form.denied || own.some(({ stance }) => stance === 'deny')
}

/** The last stance of every account, those of hops in the report itself before all that were stated. */
function stancesOn(form: Form, { forms }: Weighed): Taken[] {
  const tellers = form.attribution.slice(0, -1)
  const taken = new Map<string, Taken>()
  tellers.forEach(({ stance }, i) => {
    const chain = form.attribution.slice(0, i + 1).map(({ source }) => source)
    const { name, origin } = accountOfChain(chain)
    if (stance !== undefined) taken.set(name, { account: name, origin, stance, relays: true })
  })
  for (const { claim, account } of forms)
    if (claim.kind === 'stance' && claim.of === form.id) {
      const { name, origin } = account
      const relays = tellers.some(({ source }) => source === origin)
      taken.set(name, { account: name, origin, stance: String(claim.stance), relays })
    }
  return [...taken.values()].filter(({ stance }) => stance !== 'none')
}

/** The grade that each rater last gave and has not let lapse. */
function gradesOf(field: 'source' | 'report', id: string, { forms, t }: Weighed): unknown[] {
  const last = new Map<string, Form>()
  for (const form of forms)
    if (form.claim.kind === 'rating' && form.claim[field] === id && form.start.to - 1 <= t)
      last.set(form.account.name, form)
  const inForce = [...last.values()].filter(({ end }) => end === null || end.to - 1 > t)
  return inForce.map(({ claim }) => (field === 'source' ? claim.reliability : claim.credibility))
}

const copies = (a: string, b: string, { registry, t }: Weighed) =>
  a !== b && registry.copies(a, t).includes(b)

/** The most origins of which no two depend on each other, by trying every set of them. */
function independents(origins: readonly string[], { registry, t }: Weighed): number {
  const distinct = [...new Set(origins)]
  let most = 0
  for (let set = 0; set < 2 ** distinct.length; set++) {
    const chosen = distinct.filter((_, i) => (set >> i) % 2 === 1)
    const apart = chosen.every((a, i) =>
      chosen.slice(i + 1).every((b) => registry.independent(a, b, t)),
    )
    if (apart) most = Math.max(most, chosen.length)
  }
  return most
}

/** Those who do not merely copy another among them who says the same. */
function unechoed(speakers: readonly Speaker[], of: Weighed): Speaker[] {
  return speakers.filter(
    (one) =>
      !speakers.some(
        (other) =>
          says(other, one.value) &&
          copies(one.origin, other.origin, of) &&
          !copies(other.origin, one.origin, of),
      ),
  )
}

// The resolvers.

/** Those whose support is newest; of these, what was not published before by whom it is from, last. */
function newest(heard: readonly Speaker[], of: Weighed): readonly Speaker[] {
  const top = (all: readonly Speaker[], by: (speaker: Speaker) => number) =>
    all.filter((speaker) => all.every((other) => by(other) <= by(speaker)))
  const supported = top(heard, ({ facet }) => facet.supportedAt!)
  const first = unechoed(supported, of)
  const published = ({ facet }: Speaker) => facet.published!
  const unrepeated = first.filter(
    (one) =>
      !first.some(
        (other) =>
          other.origin === one.origin &&
          says(other, one.value) &&
          published(other) < published(one),
      ),
  )
  return top(unrepeated, published)
}

function corroborated(
  all: readonly Speaker[],
  heard: readonly Speaker[],
  of: Weighed,
  n: number,
): ModelResolution {
  const found = sortedValues(heard.map(({ value }) => value)).map((value) => {
    const saying = heard.filter((speaker) => says(speaker, value!))
    const stances = saying.flatMap((speaker) =>
      stancesOn(speaker.form, of).map((taken) => ({ ...taken, speaker })),
    )
    const outside = stances.filter((s) => !s.relays && s.origin !== s.speaker.origin)
    const vouching = outside.filter(({ stance }) => stance === 'corroborate')
    const origins = (some: readonly { origin: string }[]) => some.map(({ origin }) => origin)
    const certain = (speaker: Speaker) => speaker.facet.certainty === 'certain'
    const sure = [
      ...origins(saying.filter(certain)),
      ...origins(vouching.filter(({ speaker }) => certain(speaker))),
    ]
    return {
      value: value!,
      count: independents([...origins(saying), ...origins(vouching)], of),
      denied: independents(origins(outside.filter(({ stance }) => stance === 'deny')), of),
      certainty: independents(sure, of) >= n ? ('certain' as const) : ('possible' as const),
      support: vouching.map(({ account }) => account),
      opposition: stances
        .filter((s) => s.stance !== 'corroborate' && s.origin !== s.speaker.origin)
        .map(({ account }) => account),
    }
  })
  const enough = found.filter(({ count }) => count >= n)
  const [only] = enough
  if (enough.length !== 1 || only!.denied >= only!.count) return open(all, heard)
  return settled(all, heard, only!)
}

function ranked(
  all: readonly Speaker[],
  heard: readonly Speaker[],
  order: readonly string[],
): ModelResolution {
  const listed = heard.filter(({ account, origin }) =>
    order.some((name) => name === account || name === origin),
  )
  for (const name of order) {
    const own = listed.filter(({ account }) => account === name)
    const told = listed.filter(({ origin }) => origin === name)
    if (told.length > 0 || own.length > 0) return alike(all, listed, own.length > 0 ? own : told)
  }
  return open(all, listed)
}

function rated(all: readonly Speaker[], heard: readonly Speaker[], of: Weighed): ModelResolution {
  const judged = (grades: unknown[], scale: readonly unknown[]) =>
    grades.filter((grade) => scale.includes(grade)).map((grade) => scale.indexOf(grade))
  const graded = unechoed(heard, of).map((speaker) => {
    const given = unechoed(heard, of)
      .filter((other) => other.origin === speaker.origin && says(other, speaker.value))
      .flatMap((other) => gradesOf('report', other.form.id, of))
    return {
      speaker,
      given,
      reliability: judged(gradesOf('source', speaker.origin, of), ['A', 'B', 'C', 'D', 'E']),
      credibility: judged(given, [1, 2, 3, 4, 5]),
    }
  })
  const taking = graded.filter(
    ({ reliability, given, credibility }) =>
      reliability.length > 0 && (given.length === 0 || credibility.length > 0),
  )
  type Graded = (typeof graded)[number]
  const every = (a: readonly number[], b: readonly number[]) =>
    a.length > 0 && b.length > 0 && a.every((x) => b.every((y) => x < y))
  const span = (grades: readonly number[]) => canonical([Math.min(...grades), Math.max(...grades)])
  const beats = (a: Graded, b: Graded) =>
    every(a.reliability, b.reliability) ||
    (span(a.reliability) === span(b.reliability) && every(a.credibility, b.credibility))
  const best = taking.filter((one) => !taking.some((other) => beats(other, one)))
  const speakers = (some: readonly Graded[]) => some.map(({ speaker }) => speaker)
  return alike(all, speakers(taking), speakers(best))
}

const FEARED = ['contest', 'siege', 'fireControl', 'threat', 'presence']

function cautious(
  facet: string,
  all: readonly Speaker[],
  heard: readonly Speaker[],
  of: Weighed,
): ModelResolution {
  /** Every value that anybody says or may say, save of those whose origin took it back. */
  const words = (name: string) => {
    const speakers = speakersOn(name, of)
    const disowned = speakers.filter((one) => isDisowned(one, of)).map(({ account }) => account)
    return of.accounts
      .filter(({ account }) => !disowned.includes(account.name))
      .flatMap(({ account, facets }) => {
        const voiced = facets[name]?.voiced ?? []
        return voiced
          .filter((value) => value !== null)
          .map((value) => ({ account: account.name, value, sure: voiced.length === 1 }))
      })
  }
  if (!FEARED.includes(facet)) {
    const said = words(facet)
    const values = sortedValues(said.map(({ value }) => value))
    if (heard.length === 0) return open(all, heard)
    if (values.length === 1)
      return settled(all, heard, {
        value: values[0]!,
        certainty: said.every(({ sure }) => sure) ? 'certain' : 'possible',
      })
    const candidates = values.map((value) => ({
      value: value!,
      accounts: said.filter((w) => canonical(w.value) === canonical(value)).map((w) => w.account),
    }))
    return { decided: false, candidates, aside: asideOf(all, heard) }
  }
  const within = (a: FacetValue, b: FacetValue) =>
    namedIn(a).every((actor) => namedIn(b).includes(actor))
  type Held = { readonly not?: readonly string[]; readonly extent?: string }
  /** Whether b tells of a loss to whom a names: to others, to nobody, denied, or of another extent. */
  const lost = (a: FacetValue, b: FacetValue) => {
    const [x, y] = [a as Held, b as Held]
    if (y.not !== undefined) return namedIn(a).every((actor) => y.not!.includes(actor))
    if (namedIn(b).length === 0) return true
    const extents = [x.extent, y.extent].filter((extent) => extent !== undefined)
    return (!within(a, b) && !within(b, a)) || new Set(extents).size === 2
  }
  const apart = words('holder').filter(
    ({ value }) =>
      namedIn(value).length > 0 && words('holder').some((other) => lost(value, other.value)),
  )
  const feared = [...words(facet), ...(facet === 'contest' ? apart : [])].filter(
    ({ value }) => namedIn(value).length > 0,
  )
  if (feared.length === 0) return alike(all, heard, heard)
  const union = (some: typeof feared) =>
    [...new Set(some.flatMap(({ value }) => namedIn(value)))].sort(byBytes)
  const naming = [...new Set(feared.map(({ account }) => account))].sort(byBytes)
  const certain = canonical(union(feared)) === canonical(union(feared.filter(({ sure }) => sure)))
  return {
    decided: true,
    value: union(feared),
    certainty: certain ? 'certain' : 'possible',
    support: naming,
    opposition: heard.map(({ account }) => account).filter((name) => !naming.includes(name)),
    aside: asideOf(all, heard),
  }
}

const INTERESTED = ['holder', 'administration', 'siege', 'fireControl', 'presence', 'threat']

function againstInterest(
  facet: string,
  all: readonly Speaker[],
  heard: readonly Speaker[],
  of: Weighed,
): ModelResolution {
  const weighed = unechoed(heard, of)
  const hurts = ({ alignment, value }: Speaker) => {
    const own = (actor: string) => of.registry.sides(actor, of.t).includes(alignment!)
    const denied = (value as { not?: readonly string[] }).not
    if (alignment === null || !INTERESTED.includes(facet)) return false
    if (denied !== undefined) return denied.every(own)
    return namedIn(value).length > 0 && !namedIn(value).some(own)
  }
  const against = weighed.filter(hurts)
  return alike(all, weighed, against.length > 0 ? against : weighed)
}

/** Actors in a list, a holder or alternatives. */
function namedIn(value: FacetValue): readonly string[] {
  if (Array.isArray(value)) return value as readonly string[]
  const { actors, oneOf } = value as { actors?: readonly string[]; oneOf?: readonly FacetValue[] }
  return actors ?? oneOf?.flatMap(namedIn) ?? []
}

// How answers are told.

const says = (speaker: Speaker, value: FacetValue) => canonical(speaker.value) === canonical(value)

function alike(
  all: readonly Speaker[],
  weighed: readonly Speaker[],
  deciders: readonly Speaker[],
): ModelResolution {
  const [value, ...others] = sortedValues(deciders.map((speaker) => speaker.value))
  if (value === undefined || others.length > 0) return open(all, weighed)
  const certain = deciders.every(({ facet }) => facet.certainty === 'certain')
  return settled(all, weighed, { value: value!, certainty: certain ? 'certain' : 'possible' })
}

function settled(
  all: readonly Speaker[],
  weighed: readonly Speaker[],
  by: {
    readonly value: FacetValue
    readonly certainty: 'certain' | 'possible'
    readonly support?: readonly string[]
    readonly opposition?: readonly string[]
  },
): ModelResolution {
  const names = (more: readonly string[] | undefined, some: readonly Speaker[]) =>
    [...new Set([...(more ?? []), ...some.map(({ account }) => account)])].sort(byBytes)
  return {
    decided: true,
    value: by.value,
    certainty: by.certainty,
    support: names(
      by.support,
      weighed.filter((speaker) => says(speaker, by.value)),
    ),
    opposition: names(
      by.opposition,
      weighed.filter((speaker) => !says(speaker, by.value)),
    ),
    aside: asideOf(all, weighed),
  }
}

function open(all: readonly Speaker[], weighed: readonly Speaker[]): ModelResolution {
  const candidates = sortedValues(weighed.map(({ value }) => value)).map((value) => ({
    value: value!,
    accounts: weighed.filter((speaker) => says(speaker, value!)).map(({ account }) => account),
  }))
  return { decided: false, candidates, aside: asideOf(all, weighed) }
}

const asideOf = (all: readonly Speaker[], weighed: readonly Speaker[]) =>
  all.filter((speaker) => !weighed.includes(speaker)).map(({ account }) => account)
