/** The naive model's answers in the words of the library, so that the two can be compared whole. */
import type { AccountState, FacetReading, PlaceView, WindowText } from '../../src/reading/types.js'
import type { ModelPlace } from '../../src/testing/model-runs.js'
import type { ModelAccount, ModelFacet, ModelResolution } from '../../src/testing/model-weigh.js'
import { plain } from '../../src/testing/plain.js'
import { type Instant, printInstant } from '../../src/time/instant.js'
import type { Window } from '../../src/time/window.js'

/** A facet as `view.state` reads it. */
export function facetAnswer(facet: ModelFacet, t: Instant): FacetReading {
  const { settled, possible, certainty, since, supportedAt } = facet
  const { basis, status, derived, evidence } = facet
  return {
    settled,
    possible,
    certainty,
    since: since && { ...windowText(since), ...(facet.flag === null ? {} : { flag: facet.flag }) },
    supportedAt: supportedAt === null ? null : printInstant(supportedAt),
    supportAge: supportedAt === null ? null : t - supportedAt,
    basis,
    status,
    derived,
    evidence,
  }
}

/** What the model has to say of a place view: all but names, parts and the words of rules. */
export function placeAnswer(
  { place, standing, disputes, accounts, resolved }: ModelPlace,
  t: Instant,
) {
  return {
    place,
    standing,
    disputes,
    accounts: accounts.map((account) => accountAnswer(account, t)),
    resolved: byKey(resolved),
  }
}

/** The same of the library's own view. */
export function placeOf(view: PlaceView) {
  const { place, standing, disputes, resolved: weighed } = plain(view)
  // What is settled stands in the view before the rest of it is read; both are held to the model.
  const accounts = view.accounts.map((account) => ({
    ...plain(account),
    control: account.control,
  }))
  const resolved = mapped(weighed, ({ rule: _, aside = [], ...resolution }) => ({
    ...resolution,
    aside: aside.map(({ account }) => account),
  })) as Record<string, ModelResolution>
  return { place, standing, disputes, accounts, resolved: byKey(resolved) }
}

function accountAnswer({ account, alignment, facets }: ModelAccount, t: Instant): AccountState {
  const readings = mapped(facets, (facet) => facetAnswer(facet, t))
  const each = <K extends keyof FacetReading>(field: K) =>
    present(mapped(readings, (reading) => reading[field])) as Record<string, never>
  return {
    account: account.name,
    origin: account.origin,
    via: account.via,
    publisher: account.publisher,
    alignment,
    control: each('settled'),
    certainty: each('certainty'),
    possible: each('possible'),
    since: each('since'),
    supportedAt: each('supportedAt'),
    supportAge: each('supportAge'),
    basis: each('basis'),
    status: each('status'),
    derived: Object.keys(readings).filter((facet) => readings[facet]!.derived),
    evidence: each('evidence'),
  }
}

function windowText({ from, to }: Window): WindowText {
  const ends = [Number.isFinite(from) ? null : 'from', Number.isFinite(to) ? null : 'to']
  const open = ends[0] && ends[1] ? 'both' : (ends[0] ?? ends[1])
  return {
    from: ends[0] ? null : printInstant(from),
    to: ends[1] ? null : printInstant(to),
    ...(open ? { open: open as 'from' | 'to' | 'both' } : {}),
  }
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)] as const))
const present = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
const byKey = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
