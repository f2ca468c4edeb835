/**
 * Resolvers: named, pure, revisioned ways to weigh accounts when a reading is made. Ties are
 * undecided, and the order of the accounts never matters.
 */
import { RashomonError } from '../errors.js'
import { canonicalText } from '../fold/intern.js'
import type { FacetValue } from '../fold/projection.js'
import type { Resolution, Resolver, Voice } from '../reading/types.js'

/** Does not weigh: what every voice says alike is so, else the candidates are shown. */
export const dispute: Resolver = {
  name: 'dispute',
  revision: 1,
  resolve: (_facet, voices) =>
    unlessDivided(voices, voices, 'every account that speaks says so', 'accounts differ'),
}

/** The account whose support is newest in valid time, then by publication (RULINGS 40). */
export const latest: Resolver = {
  name: 'latest',
  revision: 1,
  resolve(_facet, voices) {
    const supported = Math.max(...voices.map((voice) => voice.supportedAt))
    const newest = voices.filter((voice) => voice.supportedAt === supported)
    const published = Math.max(...newest.map((voice) => voice.published))
    const last = newest.filter((voice) => voice.published === published)
    const rule =
      newest.length === last.length ? 'newest support' : 'newest support, then newest published'
    return unlessDivided(last, voices, rule, 'equally new and different')
  },
}

export const RESOLVERS: readonly Resolver[] = [dispute, latest]

/**
 * Makes a resolver; revision is 1 unless given.
 *
 * @throws `invalid-definition` when the name is not lower-case words.
 */
export function defineResolver(
  definition: Omit<Resolver, 'revision'> & { readonly revision?: number },
): Resolver {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(definition.name))
    throw new RashomonError(
      'invalid-definition',
      `name: ${JSON.stringify(definition.name)} is no name of a resolver; lower-case letters, digits and dashes would be`,
    )
  return { revision: 1, ...definition }
}

/** Decides for what the chosen voices say alike; the rest of all voices oppose where they differ. */
function unlessDivided(
  chosen: readonly Voice[],
  all: readonly Voice[],
  rule: string,
  tie: string,
): Resolution {
  const candidates = new Map<string, { value: FacetValue; accounts: string[] }>()
  for (const { value, account } of chosen) {
    const text = canonicalText(value)
    const candidate = candidates.get(text) ?? { value, accounts: [] }
    candidate.accounts.push(account)
    candidates.set(text, candidate)
  }
  const [first, ...others] = candidates.values()
  if (first === undefined || others.length > 0) {
    const sorted = [...candidates].sort(([a], [b]) => (a < b ? -1 : 1))
    return { decided: false, rule: tie, candidates: sorted.map(([, candidate]) => candidate) }
  }
  const text = canonicalText(first.value)
  const says = (voice: Voice) => canonicalText(voice.value) === text
  const support = all.filter(says)
  return {
    decided: true,
    value: first.value,
    certainty: chosen.every((voice) => voice.certainty === 'certain') ? 'certain' : 'possible',
    rule,
    support: support.map((voice) => voice.account),
    opposition: all.filter((voice) => !says(voice)).map((voice) => voice.account),
  }
}
