/**
 * Causes: why two accounts differ. Most of what looks like contradiction is none, so every dispute
 * says which of these it is, the first that applies:
 *
 *   scope          what clashes is said by one party only by default, which is no voice
 *   vocabulary     the projection says of the two words that both may tell of one state of things
 *                  (`DisputeRule.vocabulary`; of control: contested against held, where the one that
 *                  says held does not state it full, nor that it is quiet)
 *   lag            one says later what the other says now: a word of either party that begins
 *                  wholly after the instant, is within the reading and no default, speaks on a facet
 *                  that clashes and on which the other speaks, and does not clash with it there
 *                  (a denial comes to nobody's word: it says only what is not so)
 *   contradiction  all else; and when a place changed hands, which no later word explains
 *
 * Whether both may be right after all (an open dispute) is another question, asked by standing.
 */
import type { DisputeRule, Words } from '../fold/projection.js'
import type { Cause } from '../reading/types.js'

/** A clash of two accounts under a rule. */
export interface Clash {
  readonly rule: DisputeRule
  /** On which they clash. */
  readonly facets: readonly string[]
  /** What the parties say. */
  readonly words: readonly [Words, Words]
  /** Whether they clash only by what one says by default. */
  readonly byDefault: boolean
  /** What each party says later, asked where it matters. */
  readonly later: readonly [Later, Later]
}

/** Words on these facets that begin wholly after the instant, within the reading, defaults left out. */
export type Later = (facets: readonly string[]) => Iterable<Words>

export function causeOf(clash: Clash): Cause {
  if (clash.byDefault) return 'scope'
  if (isVocabulary(clash.rule, ...clash.words)) return 'vocabulary'
  return isLag(clash) ? 'lag' : 'contradiction'
}

/** Asked both ways round: a rule need not think of both. */
export function isVocabulary({ vocabulary }: DisputeRule, a: Words, b: Words): boolean {
  return vocabulary !== undefined && (vocabulary(a, b) || vocabulary(b, a))
}

function isLag({ rule, facets, words: [a, b], later: [laterA, laterB] }: Clash): boolean {
  const comesTo = (later: Later, other: Words) => {
    for (const word of later(facets)) if (saysToo(word, other, { rule, facets })) return true
    return false
  }
  return comesTo(laterA, b) || comesTo(laterB, a)
}

/** Whether a word says what another says, on the facets: both speak of one of them, and they fit. */
export function saysToo(
  word: Words,
  other: Words,
  { rule, facets }: Pick<Clash, 'rule' | 'facets'>,
): boolean {
  if (!facets.some((facet) => word[facet] != null && other[facet] != null)) return false
  const on = (words: Words): Words =>
    Object.fromEntries(
      rule.facets.map((facet) => [facet, facets.includes(facet) ? (words[facet] ?? null) : null]),
    )
  return rule.clash(on(word), on(other)) === null
}
