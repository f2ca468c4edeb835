/**
 * What an account says of a facet, in words. A value of a form that these words do not know is
 * shown as it is.
 */
import type { FacetValue } from '../index.js'
import type { Names } from './names.js'

interface Phrases {
  readonly by: string
  readonly none: string
}

const PHRASES: Readonly<Record<string, Phrases>> = {
  contest: { by: 'contested by', none: 'quiet' },
  fireControl: { by: 'under the fire control of', none: 'under no fire control' },
  siege: { by: 'besieged by', none: 'not besieged' },
  threat: { by: 'threatened by', none: 'not threatened' },
  presence: { by: 'present:', none: 'nobody present' },
  administration: { by: 'administered by', none: 'administered by nobody' },
}

/** Facets of control, in the order in which they are told. */
export const FACETS: readonly string[] = ['holder', ...Object.keys(PHRASES)]

/** Facets in the order in which they are told; unknown ones last. */
export function inOrder(facets: Iterable<string>): string[] {
  const rank = (facet: string) => (FACETS.indexOf(facet) + 1 || FACETS.length + 1) - 1
  return [...facets].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

/** One facet in words; `null` is unsaid. */
export function facetWords(facet: string, value: FacetValue | null, names: Names): string {
  if (value === null) return `nothing said of ${facetName(facet)}`
  const denied = deniedIn(value)
  if (denied !== null && FACETS.includes(facet))
    return `not ${namedBy(facet)} ${either(denied, names)}`
  if (facet === 'holder') return holderWords(value, names) ?? plain(facet, value)
  const phrases = PHRASES[facet]
  const actors = actorsIn(value)
  if (phrases === undefined || actors === null) return plain(facet, value)
  return actors.length === 0 ? phrases.none : `${phrases.by} ${list(actors, names)}`
}

/** What the facet is called in a sentence: `who holds it`, `fighting`, … */
export function facetName(facet: string): string {
  return FACET_NAMES[facet] ?? facet
}

const FACET_NAMES: Readonly<Record<string, string>> = {
  holder: 'who holds it',
  contest: 'fighting for it',
  fireControl: 'fire control',
  siege: 'siege',
  threat: 'threat',
  presence: 'presence',
  administration: 'administration',
}

/** `held by`, `besieged by`, as in `not besieged by X`. */
function namedBy(facet: string): string {
  if (facet === 'presence') return 'present:'
  return PHRASES[facet]?.by ?? 'held by'
}

/** `held fully by X or held by Y` for alternatives; `null` for what is no holder. */
function holderWords(value: FacetValue, names: Names): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const alternatives = alternativesIn(value)
  if (alternatives.length > 0) {
    const words = alternatives.map((one) => holderWords(one, names))
    if (words.length < 2 || words.includes(null)) return null
    const [first = '', ...others] = words as string[]
    const verb = /^held (fully by|in part by|by) /.exec(first)?.[0] ?? ''
    const alike = verb !== '' && others.every((one) => one.startsWith(verb))
    return [first, ...others.map((one) => (alike ? one.slice(verb.length) : one))].join(' or ')
  }
  const { actors: held, extent } = value as { actors?: FacetValue; extent?: FacetValue }
  const actors = held === undefined ? null : actorsIn(held)
  if (actors === null) return null
  if (actors.length === 0) return 'held by nobody'
  const how =
    extent === 'full' ? 'held fully by' : extent === 'partial' ? 'held in part by' : 'held by'
  return `${how} ${list(actors, names)}`
}

/** The alternatives that a value names; none of any other. */
export function alternativesIn(value: FacetValue | null): readonly FacetValue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const { oneOf } = value as { oneOf?: FacetValue }
  return Array.isArray(oneOf) ? oneOf : []
}

/** To whom a facet is denied; `null` of what is no denial. */
function deniedIn(value: FacetValue): string[] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { not } = value as { not?: FacetValue }
  const actors = not === undefined ? null : actorsIn(not)
  return actors === null || actors.length === 0 ? null : actors
}

function actorsIn(value: FacetValue): string[] | null {
  if (!Array.isArray(value)) return null
  const ids: string[] = value.filter((id) => typeof id === 'string')
  return ids.length === value.length ? ids : null
}

const list = (actors: readonly string[], names: Names): string =>
  actors.map((id) => names.actor(id)).join(', ')

/** `X or Y`. */
const either = (actors: readonly string[], names: Names): string =>
  actors.map((id) => names.actor(id)).join(' or ')

const plain = (facet: string, value: FacetValue): string => `${facet}: ${JSON.stringify(value)}`

/** Whether the value says that a place is held fully by somebody, which has it quiet and free of siege. */
export function isFullHold(value: FacetValue | undefined): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const alternatives = alternativesIn(value)
  if (alternatives.length > 0) return alternatives.every(isFullHold)
  const { actors, extent } = value as { actors?: FacetValue; extent?: FacetValue }
  return extent === 'full' && Array.isArray(actors) && actors.length > 0
}

/** Facets that a full hold sets to none. */
export const CLEARED: readonly string[] = ['contest', 'siege']

export function isNone(value: FacetValue | undefined): boolean {
  return Array.isArray(value) && value.length === 0
}
