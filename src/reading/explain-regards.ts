/** Which grades and stances lend an answer weight, and which stand against it. */
import { REGARD } from '../fold/regard.js'
import { readFacets, rowsOf } from '../fold/register.js'
import { type Asked, type Item, itemCarrying } from './explain-asked.js'
import type { Voice } from './types.js'

export interface Regarding {
  readonly item: Item
  readonly side: 'for' | 'against'
  /** Id of the report that it is about; `null` where it is about a source. */
  readonly of: string | null
}

/**
 * Grades are on the side of what they grade. So is a corroboration; a doubt or denial is on the
 * other side.
 */
export function regardsOf(
  asked: Asked,
  voices: readonly Voice[],
  sideOf: (voice: Voice) => 'for' | 'same' | 'against' | null,
): Regarding[] {
  return voices.flatMap((voice) => {
    const against = sideOf(voice) === 'against'
    const own = against ? ('against' as const) : ('for' as const)
    const other = against ? ('for' as const) : ('against' as const)
    const grades = held(asked, 'source', voice.origin, 'reliability')
    const credits = held(asked, 'report', voice.report, 'credibility')
    const stances = held(asked, 'report', voice.report, 'stance')
    return [
      ...grades.map(({ item }) => ({ item, side: own, of: null })),
      ...credits.map(({ item }) => ({ item, side: own, of: voice.report })),
      ...stances.map(({ item, value }) => ({
        item,
        side: value === 'doubt' || value === 'deny' ? other : own,
        of: voice.report,
      })),
    ]
  })
}

/** What each account that says anything of it holds at the reading, with the report that says so. */
function held(
  { engine, c }: Asked,
  what: 'report' | 'source',
  id: string,
  facet: string,
): { readonly item: Item; readonly value: unknown }[] {
  const { ledger, registry } = engine
  const store = ledger.store(REGARD)
  if (store === undefined) return []
  ledger.bringForth(c.cut)
  return store.slotsWith(what, id).flatMap(({ key }) => {
    const rows = rowsOf(ledger, store, key, c.cut, registry)
    const at = readFacets(ledger, store, rows, store.values.facets, c.valid).get(facet)
    if (at === undefined || at.carrier === null) return []
    return [{ item: itemCarrying(at.carrier), value: at.settled }]
  })
}
