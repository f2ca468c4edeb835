/**
 * The naive model's registers: which reports write a facet of a key, of parts they reach as
 * well, and what they come to at an instant.
 */
import {
  type Denials,
  deniedValue,
  type FacetValue,
  type Key,
  type RegisterProjection,
  type Told,
  type Words,
} from '../fold/projection.js'
import { type Instant, instant } from '../time/instant.js'
import type { Form } from './model-forms.js'
import { canonical, sortedValues } from './model-order.js'
import type { ModelRegistry } from './model-registry.js'
import type { ModelFacet } from './model-weigh.js'
import { folded, outcomes, type Picks, type Row, type Standing } from './model-worlds.js'

export interface KeyedRow extends Row {
  readonly key: Key
  readonly facet: string
}

/** What counts at a reading, in canonical order, and the registry as it was known there. */
export interface Seen {
  readonly forms: readonly Form[]
  readonly registry: ModelRegistry
  readonly t: Instant
  readonly picks: Picks
}

/** What every report sets, of its own keys and of the parts it reaches, in canonical order. */
export function rowsOf(projection: RegisterProjection, { forms, registry }: Seen): KeyedRow[] {
  return forms
    .filter(({ claim }) => projection.reads.includes(claim.kind))
    .flatMap((form) => {
      const own = new Map<string, KeyedRow>()
      const reached = new Map<string, KeyedRow>()
      for (const { key, facets, parts } of projection.sets(toldOf(form))) {
        for (const [facet, value] of Object.entries(facets))
          if (value !== undefined)
            own.set(canonical([key, facet]), { form, key, facet, value, reached: false })
        if (parts === undefined || key.place === undefined) continue
        for (const place of registry.parts(key.place, instant(form.start.to - 1)))
          for (const [facet, value] of Object.entries(parts))
            if (value !== undefined) {
              const row: KeyedRow = { form, key: { ...key, place }, facet, value, reached: true }
              reached.set(canonical([row.key, facet]), row)
            }
      }
      // What a report says of a place itself stands before what it says of the whole.
      return [...new Map([...reached, ...own]).values()]
    })
}

/** What the rows of one key come to at the reading's instant; facets wholly unsaid are left out. */
export function facetsOf(
  projection: RegisterProjection,
  key: Key,
  rows: readonly KeyedRow[],
  seen: Seen,
): Record<string, ModelFacet> {
  const ours = rows.filter((row) => canonical(row.key) === canonical(key))
  const sweeps = seen.forms.filter(
    ({ claim, account, start }) =>
      claim.kind === 'sweep' &&
      account.name === key.account &&
      seen.registry.covers(account.origin, key.place, instant(start.to - 1)),
  )
  const facets: Record<string, ModelFacet> = {}
  for (const facet of projection.facets) {
    const writers = ours.filter((row) => row.facet === facet)
    const reading = facetAt(projection, writers, sweeps, seen)
    if (reading.possible.some((value) => value !== null)) facets[facet] = reading
  }
  return facets
}

/** What each report says under a key, no default, whose start lies wholly after `t`. */
export function laterWords(key: Key, rows: readonly KeyedRow[], t: Instant): Words[] {
  const ours = rows.filter(
    (row) =>
      canonical(row.key) === canonical(key) &&
      row.form.start.from > t &&
      row.form.claim.basis !== 'default' &&
      typeof row.value !== 'symbol',
  )
  const forms = [...new Set(ours.map(({ form }) => form))]
  return forms.map((form) =>
    Object.fromEntries(
      ours
        .filter((row) => row.form === form)
        .map(({ facet, value }) => [facet, value as FacetValue] as const),
    ),
  )
}

function facetAt(
  lore: RegisterProjection,
  rows: readonly Row[],
  sweeps: readonly Form[],
  { t, picks }: Seen,
): ModelFacet {
  const windows = sweeps.map(({ start }) => start)
  const all = outcomes(rows, windows, { t, picks, lore })
  const possible = sortedValues(all.map(({ value }) => value))
  const byDefault = (value: ModelFacet['settled']) =>
    all
      .filter((outcome) => canonical(outcome.value) === canonical(value))
      .every(({ row }) => row?.form.claim.basis === 'default')

  // The world in which everything comes at its latest.
  const begun = rows.filter(({ form }) => form.start.to - 1 <= t)
  const latest = begun.map((row) => {
    const { start, end } = row.form
    return { row, at: start.to - 1, end: end && end.to - 1 }
  })
  const standing = folded(latest, t, lore)
  const { value: settled, row: last } = standing
  const isCertain = possible.length === 1 && canonical(possible[0]) === canonical(settled)
  // What leaves a facet unsaid settles it too.
  const bears = (row: Row) => standing.by.includes(row) || all.some((said) => said.row === row)
  const evidence = rows.filter((row) => row !== last && bears(row))
  if (last !== null) evidence.unshift(last)
  return {
    settled,
    possible,
    voiced: sortedValues(possible.map((value) => (byDefault(value) ? null : value))),
    certainty: isCertain ? 'certain' : 'possible',
    evidence: evidence.map(({ form }) => form.id),
    ...(settled === null
      ? UNCARRIED
      : carriedBy(standing, last!, { begun, sweeps, t, denials: lore.denials })),
  }
}

interface Around {
  /** What has certainly begun. */
  readonly begun: readonly Row[]
  readonly sweeps: readonly Form[]
  readonly t: Instant
  readonly denials: Denials | undefined
}

/** Whether a row says what stands, or denies nothing of it. */
function supports(row: Row, { value, denial }: Standing, denials: Denials | undefined): boolean {
  if (typeof row.value === 'symbol') return false
  const denied = deniedValue(row.value)
  if (denied === undefined) return !denial && canonical(row.value as never) === canonical(value)
  const { joined, leaves } = denials!
  return canonical((denial ? joined : leaves)(value!, denied)) === canonical(value)
}

const UNCARRIED = {
  since: null,
  flag: null,
  supportedAt: null,
  carrier: null,
  mode: null,
  basis: null,
  status: null,
  published: null,
  derived: false,
}

/**
 * Supported by every certain claim of its value and every compatible denial, up to t, and by every
 * certain sweep not before it.
 */
function carriedBy(standing: Standing, carrier: Row, { begun, sweeps, t, denials }: Around) {
  const { form, reached } = carrier
  const claims = begun
    .filter((row) => row === carrier || supports(row, standing, denials))
    .map((row) => Math.min(t, row.form.supportTo))
  const renewals = sweeps
    .filter(({ start }) => start.to - 1 <= t && start.to >= form.start.to)
    .map(({ start }) => start.to - 1)
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    since: form.start,
    flag: form.inconsistent
      ? ('inconsistent' as const)
      : form.unstated
        ? ('unstated' as const)
        : null,
    supportedAt: instant(Math.max(...claims, ...renewals)),
    carrier: form.id,
    // A denial tells of nothing that came about.
    mode:
      form.claim.mode === 'change' && !standing.denial
        ? ('change' as const)
        : ('observation' as const),
    basis: text(form.claim.basis),
    status: text(form.claim.status),
    published: form.published,
    derived: reached,
  }
}

/** A form as projections are shown it. */
export function toldOf(form: Form): Told {
  return {
    id: form.id,
    claim: form.claim,
    account: form.account.name,
    teller: form.account,
    attribution: form.attribution,
    start: form.start,
    ...(form.end === null ? {} : { end: form.end }),
    published: form.published,
    ...(form.batch === undefined ? {} : { batch: form.batch }),
  }
}
