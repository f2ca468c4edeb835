/** What the naive model finds in an account at an instant, and what comes of weighing several. */
import type { FacetValue, Words } from '../fold/projection.js'
import type { Account } from '../report/account.js'
import type { Instant } from '../time/instant.js'
import type { Window } from '../time/window.js'

/** What one account says of one facet at an instant. */
export interface ModelFacet {
  readonly settled: FacetValue | null
  /** `null` (unsaid) first, then canonical JSON order. */
  readonly possible: readonly (FacetValue | null)[]
  /** The same with what is said by default alone as silence. */
  readonly voiced: readonly (FacetValue | null)[]
  readonly certainty: 'certain' | 'possible'
  readonly since: Window | null
  readonly flag: 'unstated' | 'inconsistent' | null
  readonly supportedAt: Instant | null
  /** Id of the report that carries the settled value, and what it says of itself. */
  readonly carrier: string | null
  readonly mode: 'change' | 'observation' | null
  readonly basis: string | null
  readonly status: string | null
  readonly published: Instant | null
  readonly derived: boolean
  readonly evidence: readonly string[]
}

export interface ModelAccount {
  readonly account: Account
  readonly alignment: string | null
  /** Only facets of which something is settled or possible. */
  readonly facets: Readonly<Record<string, ModelFacet>>
  /** What each report says, no default, whose start lies wholly after the instant. */
  readonly later: readonly Words[]
}

/** The settled word that weighs: none where it stands by default. */
export const voice = (facet: ModelFacet | undefined): FacetValue | null =>
  facet === undefined || facet.basis === 'default' ? null : facet.settled

export type ModelResolution =
  | {
      readonly decided: true
      readonly value: FacetValue
      /** Certain where it is in every account that decided. */
      readonly certainty: 'certain' | 'possible'
      /** Accounts that say so, and those that say otherwise. */
      readonly support: readonly string[]
      readonly opposition: readonly string[]
      /** Accounts that speak and were not weighed. */
      readonly aside: readonly string[]
    }
  | {
      readonly decided: false
      readonly candidates: readonly {
        readonly value: FacetValue
        readonly accounts: readonly string[]
      }[]
      readonly aside: readonly string[]
    }
