/** Views whose explanations name more, less or other reports than carry the answer. */
import * as fc from 'fast-check'
import type { FacetExplanation, WordExplanation } from '../../../src/index.js'
import { clock, type History } from '../../../src/testing/arbitraries-input.js'
import type { Subject } from '../../../src/testing/laws/subject.js'
import { plain } from '../../../src/testing/plain.js'
import { instant } from '../../../src/time/instant.js'
import { alteredViews } from './alter.js'

/** Histories in which three sources say of one place mostly the same. */
const agreeing: fc.Arbitrary<History> = fc
  .array(
    fc.record({
      by: fc.constantFrom('a', 'b', 'c'),
      holder: fc.constantFrom('red', 'red', 'red', 'blue'),
      at: fc.integer({ min: 0, max: 6 }),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((said) => {
    const entries = ['place:p1', 'actor:red', 'actor:blue', 'source:a', 'source:b', 'source:c']
    const registry = entries.map((entry) => {
      const [kind = '', id = ''] = entry.split(':')
      return { id: entry, claim: { kind, [kind]: id }, published: clock(0) }
    })
    const reports = said.map(({ by, holder, at }, index) => ({
      id: `r${index}`,
      claim: { kind: 'control', mode: 'change', place: 'p1', holder },
      when: clock(at),
      attribution: [by],
      published: clock(8),
    }))
    return { commits: [registry, reports], stamps: [instant(0), instant(0)] }
  })

/** Explanations of facets altered. */
function explaining(change: (facet: FacetExplanation) => FacetExplanation): Subject {
  const broken = alteredViews((view) => ({
    explain: (id) => {
      const { facets, ...rest } = plain(view.explain(id))
      const changed = Object.entries(facets).map(([name, facet]) => [name, change(facet)] as const)
      return { ...rest, facets: Object.fromEntries(changed) }
    },
  }))
  return { ...broken, histories: () => agreeing }
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
