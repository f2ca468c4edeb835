/** Views whose explanations name more, less or other reports than carry the answer. */
import type { FacetExplanation, WordExplanation } from '../../../src/index.js'
import type { Subject } from '../../../src/testing/laws/subject.js'
import { plain } from '../../../src/testing/plain.js'
import { quarrels } from '../quarrels.js'
import { alteredViews } from './alter.js'

/** Explanations of facets altered. */
function explaining(change: (facet: FacetExplanation) => FacetExplanation): Subject {
  const broken = alteredViews((view) => ({
    explain: (id) => {
      const { facets, ...rest } = plain(view.explain(id))
      const changed = Object.entries(facets).map(([name, facet]) => [name, change(facet)] as const)
      return { ...rest, facets: Object.fromEntries(changed) }
    },
  }))
  return { ...broken, histories: () => quarrels({ plain: true }) }
}

/** The same of what is said of one account's word. */
function wording(change: (word: WordExplanation) => WordExplanation): Subject {
  return explaining((facet) => ({ ...facet, accounts: facet.accounts.map(change) }))
}

/** Whoever says so carries the answer. */
export const listingAll = explaining((facet) => ({
  ...facet,
  support: [...facet.alsoSaid, ...facet.support],
  alsoSaid: [],
}))

/** One of those that oppose is passed over. */
export const passingOverOne = explaining((facet) => ({
  ...facet,
  opposition: facet.opposition.slice(1),
}))

/** Of several that carry the answer the oldest is named. */
export const namingTheOldest = explaining((facet) => {
  const [oldest, ...others] = facet.alsoSaid
  const last = facet.support.at(-1)
  if (oldest === undefined || last === undefined) return facet
  return { ...facet, support: [oldest, ...facet.support.slice(0, -1)], alsoSaid: [...others, last] }
})

/** Other supporters are kept quiet. */
export const keepingOthersQuiet = explaining((facet) => ({ ...facet, alsoSaid: [] }))

/** Who lost is not told. */
export const sparingLosers = explaining((facet) => ({ ...facet, losers: [] }))

/** Nothing is named for what an account says. */
export const carriedByNothing = wording((word) => ({ ...word, support: [] }))

/** What an account said before carries what it says now as well. */
export const carriedByAll = wording((word) => ({
  ...word,
  support: [...word.before, ...word.support],
  before: [],
}))

/** Of several reports that say an account's word the oldest is named. */
export const wordOfTheOldest = wording((word) => {
  const [oldest, ...others] = word.alsoSaid
  const last = word.support.at(-1)
  if (oldest === undefined || last === undefined) return word
  return { ...word, support: [oldest, ...word.support.slice(0, -1)], alsoSaid: [...others, last] }
})

/** Whoever lost is left out of what explains the answer. */
export const forgettingLosers = explaining((facet) => ({
  ...facet,
  accounts: facet.accounts.filter(
    ({ account }) => !facet.losers.some((loser) => loser.account === account),
  ),
}))
