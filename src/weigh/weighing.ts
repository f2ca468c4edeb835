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

/** What has to be looked up is read when it is first asked for. */
function voiceFrom(telling: Telling, at: FacetAt, carrier: Carrier, regards: Regards): Voice {
  const { account, alignment } = telling
  return {
    account: account.name,
    origin: account.origin,
    publisher: account.publisher,
    alignment,
    value: at.settled!,
    certainty: at.possible.length === 1 ? 'certain' : 'possible',
    possible: at.voiced,
    basis: carrier.basis,
    supportedAt: at.supportedAt!,
    published: carrier.published,
    report: carrier.id,
    derived: carrier.derived,
    get reliability() {
      return regards.reliability(account.origin)
    },
    get credibility() {
      return regards.credibility(carrier.id)
    },
    get stances() {
      return regards.stances(carrier)
    },
    get disowned() {
      return regards.disowned(account, carrier)
    },
  }
}

function possibleOf({ account, alignment, facets }: Telling, facet: string): Possible[] {
  const possible = facets.get(facet)?.voiced.some((value) => value !== null)
    ? facets.get(facet)!.voiced
    : []
  if (possible.length === 0) return []
  const { name, origin, publisher } = account
  return [{ account: name, origin, publisher, alignment, possible }]
}
