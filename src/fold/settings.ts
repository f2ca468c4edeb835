/** What rows a report makes: under which keys of which projections, setting what. */
import type { Bounds } from '../report/bounds.js'
import type { Report } from '../report/types.js'
import { BY_DEFAULT, BY_DESK, INCONSISTENT, OBSERVATION, UNSTATED } from './columns.js'
import type { FacetSet, Key, Told } from './projection.js'
import type { Where } from './slot.js'
import { type Store, statedFacets } from './store.js'

export interface StoreSetting {
  readonly store: Store
  readonly key: Key
  /** `null` for a fold, which sets none. */
  readonly facets: Record<string, FacetSet> | null
  readonly where: Where
}

/** In the order of the stores, and in that of each projection's own settings. */
export function settingsOf(readers: readonly Store[], told: Told): StoreSetting[] {
  const settings: StoreSetting[] = []
  for (const store of readers) {
    const { projection } = store
    if (projection.type === 'fold')
      for (const key of projection.keys(told))
        settings.push({ store, key, facets: null, where: 'own' })
    else
      for (const { key, facets, parts } of projection.sets(told)) {
        settings.push({ store, key, facets: statedFacets(facets), where: 'own' })
        if (parts !== undefined)
          settings.push({ store, key, facets: statedFacets(parts), where: 'reaching' })
      }
  }
  return settings
}

/** What of a report its rows carry as flags. */
export function flagsOf(report: Report, bounds: Bounds): number {
  return (
    (report.claim.mode === 'change' ? 0 : OBSERVATION) |
    (report.claim.basis === 'default' ? BY_DEFAULT : 0) |
    (report.attribution.length === 0 ? BY_DESK : 0) |
    (report.start === undefined ? UNSTATED : 0) |
    (bounds.inconsistent ? INCONSISTENT : 0)
  )
}
