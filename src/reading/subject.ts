/**
 * One subject of a register projection at a reading: every account that says anything of it, how
 * they stand to each other, and what the resolver makes of them. For the control projection
 * the subject is a place.
 */

import type { Ledger } from '../fold/ledger.js'
import type { RegisterProjection } from '../fold/projection.js'
import type { Carrier, FacetAt } from '../fold/register.js'
import type { Store } from '../fold/store.js'
import type { Registry } from '../registry/entries.js'
import { type Instant, instant, printInstant } from '../time/instant.js'
import type { Window } from '../time/window.js'
import { standingOf, type Telling } from '../weigh/standing.js'
import { weighingOf } from '../weigh/weighing.js'
import type { Coordinates } from './coordinates.js'
import { recordOf } from './record.js'
import { accountsOf, tellingsAt } from './tellings.js'
import type {
  AccountState,
  FacetReading,
  PlaceView,
  Resolution,
  Resolver,
  Weighing,
  WindowText,
} from './types.js'

/** What reads go to. */
export interface Engine {
  readonly ledger: Ledger
  readonly registry: Registry
}

export function readSubject(
  engine: Engine,
  store: Store,
  place: string,
  c: Coordinates,
): PlaceView {
  const { registry } = engine
  const projection = store.projection as RegisterProjection
  const tellings = tellingsAt(engine, store, accountsOf(engine, store, place, c.cut), c)
  const independent = (a: string, b: string) => registry.independent(a, b, c.valid, c.cut)
  const { standing, disputes } = standingOf(tellings, projection.disputes, independent)
  const accounts = tellings.map((telling) => accountState(telling, c.valid))
  return {
    place,
    name: registry.entry('place', place, c.valid, c.cut.known)?.name ?? place,
    standing,
    resolved: resolveAll(c.resolver, weighingAt(engine, store, tellings, c)),
    disputes,
    accounts,
    parts: registry.parts(place, c.valid, c.cut),
    derived: accounts
      .filter(({ derived }) => derived.length > 0)
      .map(({ account, derived }) => ({ account, facets: derived })),
  }
}

/** What a resolver sees of a subject: the tellings of it are those of the coordinates' instant. */
export function weighingAt(
  engine: Engine,
  store: Store,
  tellings: readonly Telling[],
  c: Coordinates,
): Weighing {
  const { ledger, registry } = engine
  const { facets } = store.projection as RegisterProjection
  const record = (source: string) => recordOf(engine, store, source, c)
  return weighingOf(tellings, facets, { ledger, registry, cut: c.cut, valid: c.valid, record })
}

/**
 * What a resolver makes of every facet. Those on which none speaks are left out, save where it asks
 * for them and decides.
 */
export function resolveAll(resolver: Resolver, weighing: Weighing): Record<string, Resolution> {
  const resolved: Record<string, Resolution> = {}
  for (const facet of weighing.facets) {
    const voices = weighing.voices(facet)
    if (voices.length === 0 && resolver.unvoiced !== true) continue
    const resolution = resolver.resolve(facet, voices, weighing)
    if (voices.length > 0 || resolution.decided) resolved[facet] = resolution
  }
  return resolved
}

export function facetReading(at: FacetAt, t: Instant): FacetReading {
  return {
    settled: at.settled,
    possible: at.possible,
    certainty: certainty(at),
    since: at.carrier === null ? null : sinceText(at.carrier),
    supportedAt: at.supportedAt === null ? null : printInstant(at.supportedAt),
    supportAge: at.supportedAt === null ? null : t - at.supportedAt,
    basis: at.carrier?.basis ?? null,
    status: at.carrier?.status ?? null,
    derived: at.carrier?.derived ?? false,
    evidence: at.evidence,
  }
}

function certainty({ possible }: FacetAt): 'certain' | 'possible' {
  return possible.length === 1 ? 'certain' : 'possible'
}

function accountState({ account, alignment, facets }: Telling, t: Instant): AccountState {
  const readings = [...facets].map(([facet, at]) => [facet, facetReading(at, t)] as const)
  const each = <T>(pick: (reading: FacetReading) => T | null): Record<string, T> =>
    Object.fromEntries(
      readings
        .map(([facet, reading]) => [facet, pick(reading)] as const)
        .filter((pair): pair is readonly [string, NonNullable<T> & T] => pair[1] !== null),
    )
  return {
    account: account.name,
    origin: account.origin,
    via: account.via,
    publisher: account.publisher,
    alignment,
    control: each((r) => r.settled),
    certainty: each((r) => r.certainty),
    possible: each((r) => r.possible),
    since: each((r) => r.since),
    supportedAt: each((r) => r.supportedAt),
    supportAge: each((r) => r.supportAge),
    basis: each((r) => r.basis),
    status: each((r) => r.status),
    derived: readings.filter(([, r]) => r.derived).map(([facet]) => facet),
    evidence: each((r) => r.evidence),
  }
}

function sinceText({ start, flag }: Carrier): WindowText {
  return { ...windowText(start), ...(flag === null ? {} : { flag }) }
}

/** Bounds in ISO 8601; an open end is `null` beside a word that says which. */
export function windowText({ from, to }: Window): WindowText {
  const openFrom = !Number.isFinite(from)
  const openTo = !Number.isFinite(to)
  const open = openFrom ? (openTo ? 'both' : 'from') : openTo ? 'to' : null
  return {
    from: openFrom ? null : printInstant(instant(from)),
    to: openTo ? null : printInstant(instant(to)),
    ...(open === null ? {} : { open }),
  }
}
