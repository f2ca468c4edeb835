/**
 * The engine's own register of regard: what sources think of reports and of each other, by whom.
 * What states no time holds from the beginning of time, until the same account's next.
 */
import { defineProjection, type FacetValue } from './projection.js'

export const REGARD = 'regard'

/** Keys are `{ report, account }` of the account that thinks so, and `{ source, account }`. */
export const regard = defineProjection({
  type: 'register',
  name: REGARD,
  reads: ['stance', 'rating'],
  facets: ['stance', 'credibility', 'reliability'],
  *sets({ claim, account }) {
    if (claim.kind === 'stance')
      yield {
        key: { report: String(claim.of), account },
        facets: { stance: claim.stance as FacetValue },
      }
    else if (claim.report !== undefined)
      yield {
        key: { report: String(claim.report), account },
        facets: { credibility: claim.credibility as FacetValue },
      }
    else
      yield {
        key: { source: String(claim.source), account },
        facets: { reliability: claim.reliability as FacetValue },
      }
  },
})
