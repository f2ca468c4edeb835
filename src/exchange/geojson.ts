/**
 * The places of a reading as GeoJSON (RFC 7946): a feature for each place with a point of which
 * anything is said. Beside the features stand the reading, its token, the credits of the sources
 * whose words are in them, and the places that no point is known of: foreign members, which RFC 7946
 * allows and readers pass over.
 *
 * Properties of a feature are flat where a map colours by them (`standing`, `disputed`, `holder` …)
 * and nested where they say who says what.
 */
import {
  type AccountState,
  CONTROL_FACETS,
  type FacetValue,
  type PlaceView,
  type RegistryView,
  type Timeline,
  type View,
} from '../index.js'
import { holderIn, valueText } from './cells.js'
import type { Credits } from './credits.js'

export interface GeojsonSummary {
  readonly features: number
  /** Ids of places of which something is said and no point is known. */
  readonly unlocated: readonly string[]
}

/**
 * The document in pieces, in order; a line for each feature, in the order of their ids. What was
 * written is returned.
 */
export function* geojsonOf(
  timeline: Timeline,
  view: View,
  credits: Credits,
): Generator<string, GeojsonSummary, undefined> {
  const { reading, token } = view
  const registry = timeline.registry({ valid: reading.valid, known: reading.known })
  yield `{"type":"FeatureCollection","reading":${JSON.stringify(reading)},"token":${JSON.stringify(token)},"features":[`
  const unlocated: string[] = []
  let features = 0
  for (const place of view.places()) {
    for (const { via, origin } of place.accounts) credits.owe([...via, origin])
    const point = pointOf(registry, place.place)
    if (point === null) {
      unlocated.push(place.place)
      continue
    }
    yield `${features === 0 ? '\n' : ',\n'}${JSON.stringify(featureOf(place, point))}`
    features++
  }
  yield `\n],"unlocated":${JSON.stringify(unlocated)},"credits":${JSON.stringify(credits.all())}}\n`
  return { features, unlocated }
}

/** Longitude and latitude, as GeoJSON orders them. */
type Position = readonly [number, number]

function pointOf(registry: RegistryView, id: string): Position | null {
  const point = registry.entry('place', id)?.fields.point
  if (typeof point !== 'object' || point === null || Array.isArray(point)) return null
  const { lat, lon } = point as { readonly lat?: FacetValue; readonly lon?: FacetValue }
  return typeof lat === 'number' && typeof lon === 'number' ? [lon, lat] : null
}

function featureOf(view: PlaceView, coordinates: Position): object {
  const { place, name, standing, resolved, disputes, accounts } = view
  return {
    type: 'Feature',
    id: place,
    geometry: { type: 'Point', coordinates },
    properties: {
      place,
      name,
      standing,
      disputed: standing === 'disputed',
      certain: accounts.every((one) => Object.values(one.certainty).every(isCertain)),
      // Drawn by default is no word of anybody's (RULINGS 14): a map should not paint it as one.
      byDefault: accounts.length > 0 && accounts.every(isByDefault),
      ...flat(view),
      resolved: Object.fromEntries(
        Object.entries(resolved).flatMap(([facet, resolution]) =>
          resolution.decided ? [[facet, resolution.value]] : [],
        ),
      ),
      disputes: disputes.map(({ kind, open, facets, parties, cause }) => {
        return { kind, open, facets, parties, cause }
      }),
      accounts: accounts.map((one) => ({
        account: one.account,
        settled: one.control,
        certainty: one.certainty,
        possible: one.possible,
        since: one.since,
        supportAge: one.supportAge,
        basis: one.basis,
        derived: one.derived,
      })),
    },
  }
}

/** Whether all that an account says is said by default. */
function isByDefault({ control, basis }: AccountState): boolean {
  const facets = Object.keys(control)
  return facets.length > 0 && facets.every((facet) => basis[facet] === 'default')
}

const isCertain = (word: string): boolean => word === 'certain'

/**
 * A text for each facet of which anything is settled: what the accounts say, ` / ` between those that
 * differ; `null` for the others, so that every feature has the same properties.
 */
function flat({ accounts }: PlaceView): Record<string, string | null> {
  const settled = (facet: string) =>
    accounts.map(({ control }) => control[facet]).filter((value) => value !== undefined)
  const texts = CONTROL_FACETS.map((facet) => [facet, together(settled(facet).map(word))] as const)
  const extents = settled('holder').map((value) => holderIn(value).extent)
  return { ...Object.fromEntries(texts), holderExtent: together(extents.filter(Boolean)) }
}

/** Who, of a holder; else the value. */
function word(value: FacetValue): string {
  return holderIn(value).actors ?? valueText(value)
}

function together(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : [...new Set(texts)].sort().join(' / ')
}
