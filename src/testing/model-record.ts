/**
 * The naive model's record of a source, by the definitions in the header of src/reading/record.ts.
 * Each of them is a function that can be replaced by a wrong one: what a test must notice.
 */
import {
  deniedValue,
  type FacetValue,
  type Key,
  type RegisterProjection,
  type Words,
} from '../fold/projection.js'
import type { RecordCase, RecordFigures, SourceRecord } from '../reading/types.js'
import type { Instant } from '../time/instant.js'
import type { Cut, Model } from './model.js'
import { inCanonicalOrder } from './model-forms.js'
import { byBytes, canonical } from './model-order.js'
import { type KeyedRow, rowsOf } from './model-register.js'
import { ModelRegistry } from './model-registry.js'

export interface RecordAsked {
  readonly source: string
  readonly t: Instant
  readonly cut: Cut
}

interface Case extends RecordCase {
  readonly outcome: 'borneOut' | 'contradicted' | 'open'
  readonly published: number
  readonly ms: number
  readonly validMs: number
}

export interface Definitions {
  readonly originOf: (row: KeyedRow) => string
  /** Whether a row says a value, and not by default. */
  readonly says: (row: KeyedRow) => boolean
  /** What a row denies, and not by default, when it comes later; `null` for nothing. */
  readonly denies: (row: KeyedRow) => FacetValue | null
  /** What a denial leaves of a value that stands. */
  readonly leaves: (
    value: FacetValue,
    denial: FacetValue,
    of: RegisterProjection,
  ) => FacetValue | null
  readonly isCertain: (row: KeyedRow, t: Instant) => boolean
  readonly hasEnded: (row: KeyedRow, at: number) => boolean
  readonly independent: (registry: ModelRegistry, a: string, b: string, t: Instant) => boolean
  /** Whether a row was said before a claim of the same source. */
  readonly saidBefore: (row: KeyedRow, claim: KeyedRow) => boolean
  /** Whether somebody else's row was there when a claim was made. */
  readonly toldBy: (row: KeyedRow, claim: KeyedRow) => boolean
  readonly toldAfter: (row: KeyedRow, claim: KeyedRow) => boolean
  readonly ofEarlierDays: (row: KeyedRow, claim: KeyedRow) => boolean
  /** Which of two later rows comes first; 0 where neither does. */
  readonly order: (a: KeyedRow, b: KeyedRow) => number
  readonly fits: (facet: string, a: FacetValue, b: FacetValue, of: RegisterProjection) => boolean
  /** Whether rows that come alike and differ leave a claim open. */
  readonly dividedIsOpen: boolean
}

/** A value that is set: no end of saying anything, and no denial. */
export function isValue(value: KeyedRow['value']): boolean {
  return typeof value !== 'symbol' && deniedValue(value) === undefined
}

const ascending = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)

export const DEFINED: Definitions = {
  originOf: ({ form }) => form.account.origin,
  says: ({ value, form }) => isValue(value) && form.claim.basis !== 'default',
  denies: ({ value, form }) =>
    form.claim.basis === 'default' ? null : (deniedValue(value) ?? null),
  leaves: (value, denial, { denials }) => denials!.leaves(value, denial),
  isCertain: ({ form }, t) => form.start.to - 1 <= t,
  hasEnded: ({ form }, at) => form.end !== null && form.end.to - 1 <= at,
  independent: (registry, a, b, t) => registry.independent(a, b, t),
  saidBefore: ({ form: a }, { form: b }) =>
    a.published < b.published || (a.published === b.published && inCanonicalOrder(a, b) < 0),
  toldBy: ({ form: a }, { form: b }) => a.published <= b.published,
  toldAfter: ({ form: a }, { form: b }) => a.published > b.published,
  ofEarlierDays: ({ form: a }, { form: b }) => a.start.to <= b.start.from,
  order: ({ form: a }, { form: b }) =>
    ascending(a.published, b.published) ||
    ascending(a.start.to, b.start.to) ||
    ascending(a.start.from, b.start.from),
  fits(facet, a, b, { disputes }) {
    const rules = disputes.filter(({ facets }) => facets.includes(facet))
    if (rules.length === 0) return canonical(a) === canonical(b)
    return rules.every(({ facets, clash }) => {
      const only = (value: FacetValue): Words =>
        Object.fromEntries(facets.map((one) => [one, one === facet ? value : null]))
      return clash(only(a), only(b)) === null
    })
  },
  dividedIsOpen: true,
}

/** The record of a source; its claims one by one, each weighed against every row there is. */
export function recordIn(
  model: Model,
  projection: RegisterProjection,
  { source, t, cut }: RecordAsked,
  defined: Definitions = DEFINED,
): SourceRecord {
  const forms = model.forms(cut, t)
  const registry = new ModelRegistry(forms.filter(({ attribution }) => attribution.length === 0))
  const seen = { forms, registry, t, picks: 'cells' as const }
  const rows = rowsOf(projection, seen).filter(({ reached }) => !reached)
  const { originOf, says, isCertain, fits } = defined

  /** Rows of each account about the same as a claim, of the origins asked for. */
  const tellings = (claim: KeyedRow, wanted: (origin: string) => boolean): KeyedRow[][] => {
    const about = rows.filter(
      (row) =>
        row.facet === claim.facet && subject(row) === subject(claim) && wanted(originOf(row)),
    )
    const names = [...new Set(about.map(({ form }) => form.account.name))]
    return names.map((name) => about.filter(({ form }) => form.account.name === name))
  }
  const standing = (telling: readonly KeyedRow[], at: number): FacetValue | null => {
    const begun = telling.filter(({ form }) => form.start.to - 1 <= at)
    const last = begun.findLast(({ value }) => deniedValue(value) === undefined)
    if (last === undefined || !says(last) || defined.hasEnded(last, at)) return null
    return begun
      .slice(begun.indexOf(last) + 1)
      .reduce<FacetValue | null>(
        (left, { value }) =>
          left === null ? null : defined.leaves(left, deniedValue(value)!, projection),
        last.value as FacetValue,
      )
  }
  const isFitting = (claim: KeyedRow, value: FacetValue) =>
    fits(claim.facet, claim.value as FacetValue, value, projection)
  const refutes = (row: KeyedRow, claim: KeyedRow) => {
    const denial = defined.denies(row)
    return denial !== null && !isFitting(claim, denial)
  }
  const own = (origin: string) => origin === source
  const others = (origin: string) => defined.independent(registry, source, origin, t)
  const isNew = (claim: KeyedRow) =>
    tellings(claim, own).every((telling) => {
      const before = telling.filter((row) => row !== claim && defined.saidBefore(row, claim))
      const value = standing(before, claim.form.start.to - 1)
      return value === null || canonical(value) !== canonical(claim.value as FacetValue)
    })
  const isFirst = (claim: KeyedRow) =>
    tellings(claim, others).every((telling) => {
      const told = telling.filter((row) => defined.toldBy(row, claim))
      const value = standing(told, claim.form.start.to - 1)
      return value === null || !isFitting(claim, value)
    })
  const caseOf = (claim: KeyedRow): Case => {
    const later = tellings(claim, others)
      .flat()
      .filter((row) => isCertain(row, t) && (says(row) || refutes(row, claim)))
      .filter((row) => defined.toldAfter(row, claim) && !defined.ofEarlierDays(row, claim))
      .sort((a, b) => defined.order(a, b) || inCanonicalOrder(a.form, b.form))
    const next = later.filter((row) => defined.order(row, later[0]!) === 0)
    const fit = next.map((row) => says(row) && isFitting(claim, row.value as FacetValue))
    const divided = fit.some((one) => one !== fit[0])
    const [decides] = next
    const { account: _, ...of } = claim.key
    const made = { of, facet: claim.facet, claim: claim.form.id, published: claim.form.published }
    if (decides === undefined || (divided && defined.dividedIsOpen))
      return { ...made, outcome: 'open', next: null, ms: 0, validMs: 0 }
    return {
      ...made,
      outcome: fit[0] === true ? 'borneOut' : 'contradicted',
      next: decides.form.id,
      ms: decides.form.published - claim.form.published,
      validMs: decides.form.start.to - claim.form.start.to,
    }
  }

  const claims = rows
    .filter((row) => own(originOf(row)) && says(row) && isCertain(row, t))
    .filter(isNew)
  return summed({ source, projection, claims, cases: claims.filter(isFirst).map(caseOf) })
}

function subject({ key: { account: _, ...of } }: { readonly key: Key }): string {
  return canonical(of)
}

interface Counted {
  readonly source: string
  readonly projection: RegisterProjection
  readonly claims: readonly KeyedRow[]
  readonly cases: readonly Case[]
}

function summed({ source, projection, claims, cases }: Counted): SourceRecord {
  const rank = (facet: string) => projection.facets.indexOf(facet)
  const sorted = [...cases].sort(
    (a, b) =>
      a.published - b.published ||
      byBytes(a.of.place ?? '', b.of.place ?? '') ||
      rank(a.facet) - rank(b.facet),
  )
  const few = (outcome: Case['outcome']): RecordCase[] =>
    sorted
      .filter((one) => one.outcome === outcome)
      .slice(0, 3)
      .map(({ of, facet, claim, next }) => ({ of, facet, claim, next }))
  const spoken = projection.facets.filter((facet) => claims.some((claim) => claim.facet === facet))
  const byFacet = spoken.map((facet) => [
    facet,
    figures(
      claims.filter((claim) => claim.facet === facet),
      cases.filter((one) => one.facet === facet),
    ),
  ])
  return {
    source,
    ...figures(claims, cases),
    byFacet: Object.fromEntries(byFacet) as SourceRecord['byFacet'],
    examples: {
      borneOut: few('borneOut'),
      contradicted: few('contradicted'),
      open: few('open'),
    },
  }
}

function figures(claims: readonly KeyedRow[], cases: readonly Case[]): RecordFigures {
  const of = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome)
  const medians = (measure: 'ms' | 'validMs') => ({
    borneOut: median(of('borneOut').map((one) => one[measure])),
    contradicted: median(of('contradicted').map((one) => one[measure])),
  })
  return {
    claims: claims.length,
    first: cases.length,
    borneOut: of('borneOut').length,
    contradicted: of('contradicted').length,
    open: of('open').length,
    medianMs: medians('ms'),
    medianValidMs: medians('validMs'),
  }
}

/** Half of the numbers are no more, and half no less; halfway where several could be it. */
function median(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null
  const isMiddle = (n: number) =>
    numbers.filter((other) => other <= n).length * 2 >= numbers.length &&
    numbers.filter((other) => other >= n).length * 2 >= numbers.length
  const middle = numbers.filter(isMiddle)
  return (Math.min(...middle) + Math.max(...middle)) / 2
}
