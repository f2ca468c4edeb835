/** Does not weigh: what every voice says alike is so, else what they say is shown. */
import type { Resolver } from '../reading/types.js'
import { heard, unlessDivided } from './heard.js'

export const dispute: Resolver = {
  name: 'dispute',
  revision: 2,
  resolve(_facet, voices) {
    const of = heard(voices)
    const tie = of.voices.length === 0 ? 'nobody stands by what is said' : 'accounts differ'
    return unlessDivided(of, of.voices, { rule: 'every account that speaks says so', tie })
  },
}
