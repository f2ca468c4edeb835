/**
 * The first in a given order of sources that speaks: as an origin, through whomever, or as the account
 * of that name. Whoever is not in the order is not weighed.
 */
import { RashomonError } from '../errors.js'
import type { Resolver } from '../reading/types.js'
import { heard, setAside, undecided, unlessDivided } from './heard.js'

/**
 * Makes the resolver of an order of sources, or of accounts, the first before all others.
 *
 * @throws `invalid-definition` for an order that names nobody, or somebody twice.
 */
export function ranked(order: readonly string[]): Resolver {
  const twice = order.find((one, i) => order.indexOf(one) < i)
  if (order.length === 0 || order.includes('') || twice !== undefined)
    throw new RashomonError(
      'invalid-definition',
      `resolver: ranked names ${twice === undefined ? 'nobody' : `${twice} twice`}; sources in their order would be right, as in ranked(al-masdar,sohr)`,
      { place: { field: 'resolver' } },
    )
  return {
    name: `ranked(${order.join(',')})`,
    revision: 1,
    resolve(_facet, voices) {
      const of = setAside(heard(voices), ({ account, origin }) =>
        order.includes(account) || order.includes(origin) ? null : 'not in the order',
      )
      for (const one of order) {
        const own = of.voices.filter(({ account }) => account === one)
        const first = own.length > 0 ? own : of.voices.filter(({ origin }) => origin === one)
        if (first.length === 0) continue
        const tie = `what comes from ${one} differs`
        return unlessDivided(of, first, { rule: `${one} comes first in the order`, tie })
      }
      return undecided(of, 'nobody in the order speaks')
    },
  }
}
