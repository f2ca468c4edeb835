/** Whether two values of one facet can both be right, as the rules of a projection judge that facet alone. */
import { canonicalText } from '../fold/intern.js'
import type { DisputeRule, FacetValue, Words } from '../fold/projection.js'

/** What no rule judges must be equal. */
export function fitAlone(
  facet: string,
  a: FacetValue,
  b: FacetValue,
  rules: readonly DisputeRule[],
): boolean {
  const judging = rules.filter((rule) => rule.facets.includes(facet))
  if (judging.length === 0) return canonicalText(a) === canonicalText(b)
  return judging.every((rule) => rule.clash(alone(facet, a, rule), alone(facet, b, rule)) === null)
}

function alone(facet: string, value: FacetValue, { facets }: DisputeRule): Words {
  return Object.fromEntries(facets.map((one) => [one, one === facet ? value : null]))
}
