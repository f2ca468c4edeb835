/**
 * What a resolver sees: voices, which are the settled words that are not said by default, and what
 * can be asked beside them. All of it is of one subject at one reading, and what a resolver does not
 * ask for is not looked up.
 */
import type { Cut } from '../fold/cut.js'
import type { Ledger } from '../fold/ledger.js'
import type { Carrier, FacetAt } from '../fold/register.js'
import type { Possible, SourceRecord, Voice, Weighing } from '../reading/types.js'
import type { Registry } from '../registry/entries.js'
import type { Instant } from '../time/instant.js'
import { Regards } from './regards.js'
import type { Telling } from './standing.js'

/** Where a weighing looks things up. */
export interface WeighedAt {
  readonly ledger: Ledger
  readonly registry: Registry
  readonly cut: Cut
  readonly valid: Instant
  readonly record: (source: string) => SourceRecord
}

/** `tellings` come in the order of account names; `facets` are all of the projection. */
export function weighingOf(
  tellings: readonly Telling[],
  facets: readonly string[],
  at: WeighedAt,
): Weighing {
  const { registry, valid, cut } = at
  const regards = new Regards(at)
  const voices = new Map<string, readonly Voice[]>()
  return {
    valid,
    facets,
    voices(facet) {
      const known = voices.get(facet)
      if (known !== undefined) return known
      const found = tellings.flatMap((telling) => voiceOf(telling, facet, regards))
      voices.set(facet, found)
      return found
    },
    possible: (facet) => tellings.flatMap((telling) => possibleOf(telling, facet)),
    independent: (a, b) => registry.independent(a, b, valid, cut),
    copies: (origin) => regards.copies(origin),
    sides: (actor) => regards.sides(actor),
    record: at.record,
  }
}

/** Empty where the account is silent on the facet, or speaks by default alone (RULINGS 14). */
function voiceOf(telling: Telling, facet: string, regards: Regards): Voice[] {
  const at = telling.facets.get(facet)
  if (at === undefined || at.settled === null || at.carrier === null) return []
  if (at.carrier.basis === 'default') return []
  return [voiceFrom(telling, at, at.carrier, regards)]
}

function voiceFrom(telling: Telling, at: FacetAt, carrier: Carrier, regards: Regards): Voice {
  const { account, alignment } = telling
  const voice = {
    account: account.name,
    origin: account.origin,
    publisher: account.publisher,
    alignment,
    value: at.settled!,
    certainty: at.possible.length === 1 ? ('certain' as const) : ('possible' as const),
    possible: at.voiced,
    basis: carrier.basis,
    supportedAt: at.supportedAt!,
    published: carrier.published,
    report: carrier.id,
    derived: carrier.derived,
    reliability: regards.reliability(account.origin),
    credibility: regards.credibility(carrier.id),
    disowned: regards.disowned(account, carrier),
  }
  if (account.via.length === 0) return { ...voice, stances: regards.stances(account, carrier) }
  // The stances of hops stand in the report, which is read when they are asked for.
  return Object.defineProperty({ ...voice, stances: [] }, 'stances', {
    get: () => regards.stances(account, carrier),
    enumerable: true,
  })
}

function possibleOf({ account, alignment, facets }: Telling, facet: string): Possible[] {
  const possible = facets.get(facet)?.voiced.some((value) => value !== null)
    ? facets.get(facet)!.voiced
    : []
  if (possible.length === 0) return []
  const { name, origin, publisher } = account
  return [{ account: name, origin, publisher, alignment, possible }]
}
