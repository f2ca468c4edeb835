/** The naive model's weighing: what the resolvers `dispute` and `latest` make of the accounts (RULINGS 40). */
import type { FacetValue, Words } from '../fold/projection.js'
import type { Account } from '../report/account.js'
import type { Instant } from '../time/instant.js'
import type { Window } from '../time/window.js'
import { canonical, sortedValues } from './model-order.js'

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
    }
  | {
      readonly decided: false
      readonly candidates: readonly {
        readonly value: FacetValue
        readonly accounts: readonly string[]
      }[]
    }

interface Speaker {
  readonly account: string
  readonly value: FacetValue
  readonly facet: ModelFacet
}

/** By facet, for every facet on which some account has a voice. */
export function resolveFacets(
  accounts: readonly ModelAccount[],
  resolver: 'dispute' | 'latest',
): Record<string, ModelResolution> {
  const facets = [...new Set(accounts.flatMap((account) => Object.keys(account.facets)))].sort()
  const resolved: Record<string, ModelResolution> = {}
  for (const facet of facets) {
    const speakers = accounts.flatMap((account): Speaker[] => {
      const value = voice(account.facets[facet])
      return value === null
        ? []
        : [{ account: account.account.name, value, facet: account.facets[facet]! }]
    })
    if (speakers.length > 0)
      resolved[facet] = decide(speakers, resolver === 'latest' ? newest(speakers) : speakers)
  }
  return resolved
}

/** Those whose support is newest in valid time, and of these those published last. */
function newest(speakers: readonly Speaker[]): readonly Speaker[] {
  const top = (all: readonly Speaker[], by: (speaker: Speaker) => number) =>
    all.filter((speaker) => all.every((other) => by(other) <= by(speaker)))
  const supported = top(speakers, ({ facet }) => facet.supportedAt!)
  return top(supported, ({ facet }) => facet.published!)
}

function decide(all: readonly Speaker[], deciders: readonly Speaker[]): ModelResolution {
  const names = (some: readonly Speaker[]) => some.map(({ account }) => account)
  const saying = (some: readonly Speaker[], value: FacetValue) =>
    some.filter((speaker) => canonical(speaker.value) === canonical(value))
  const [value, ...others] = sortedValues(deciders.map((speaker) => speaker.value))
  if (others.length > 0)
    return {
      decided: false,
      candidates: sortedValues(all.map((speaker) => speaker.value)).map((candidate) => ({
        value: candidate,
        accounts: names(saying(all, candidate)),
      })),
    }
  const support = saying(all, value!)
  return {
    decided: true,
    value: value!,
    certainty: deciders.every(({ facet }) => facet.certainty === 'certain')
      ? 'certain'
      : 'possible',
    support: names(support),
    opposition: names(all.filter((speaker) => !support.includes(speaker))),
  }
}
