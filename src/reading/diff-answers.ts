/**
 * What a diff is of: the answers of a reading, place by place, and the changes that make those of
 * another reading of them. Ages and the words of rules are no part of an answer (RULINGS 37).
 */
import { canonicalText } from '../fold/intern.js'
import type { FacetValue } from '../fold/projection.js'
import { compareUtf8 } from '../report/utf8.js'
import type { PlaceView, Resolution, SettledReading, Standing } from './types.js'

/** All that one account says of one facet of a place. */
export interface Whole {
  /** `null` is unsaid. */
  readonly settled: FacetValue | null
  readonly possible: readonly (FacetValue | null)[]
  /** Ids: the carrier of the settled value first, then every report that can be the last word. */
  readonly carriers: readonly string[]
  /** Last instant of the newest certain support. */
  readonly supportedAt: string | null
}

/** What a resolver makes of a facet: a value, or the values between which it does not decide. */
export type Resolved =
  | { readonly decided: true; readonly value: FacetValue }
  | { readonly decided: false; readonly candidates: readonly FacetValue[] }

export interface PlaceAnswer {
  readonly place: string
  readonly standing: Standing
  /** By facet. */
  readonly resolved: Readonly<Record<string, Resolved>>
  /** By account and facet. */
  readonly accounts: Readonly<Record<string, Readonly<Record<string, Whole>>>>
}

/** Places of which anything is settled or possible, in the order of their ids (UTF-8 bytes). */
export type Answers = readonly PlaceAnswer[]

/** `null` stands where nothing is said. */
export interface FromTo<T> {
  readonly from: T
  readonly to: T
  /** Ids of the reports that caused it, in the order of the log; none where only the resolver differs. */
  readonly reports: readonly string[]
}

export type Change =
  | ({ readonly type: 'standing'; readonly place: string } & FromTo<Standing>)
  | ({
      readonly type: 'resolved'
      readonly place: string
      readonly facet: string
    } & FromTo<Resolved | null>)
  | ({
      readonly type: 'facet'
      readonly place: string
      readonly account: string
      readonly facet: string
    } & FromTo<Whole | null>)

export interface Diff {
  readonly from: SettledReading
  readonly to: SettledReading
  /** By place, then account and facet (UTF-8 bytes); standing and resolved values come before the accounts. */
  readonly changes: readonly Change[]
}

/** What a diff of the reading that the views are of is applied to. */
export function answersOf(views: Iterable<PlaceView>): Answers {
  return [...views]
    .map(placeAnswer)
    .filter(({ accounts }) => Object.keys(accounts).length > 0)
    .sort((a, b) => compareUtf8(a.place, b.place))
}

export function placeAnswer(view: PlaceView): PlaceAnswer {
  const { place, standing, resolved, accounts } = view
  return {
    place,
    standing,
    resolved: mapped(resolved, weighed),
    accounts: Object.fromEntries(
      accounts.map(({ account, control, possible, evidence, supportedAt }) => [
        account,
        mapped(possible, (values, facet) => ({
          settled: control[facet] ?? null,
          possible: values,
          carriers: evidence[facet] ?? [],
          supportedAt: supportedAt[facet] ?? null,
        })),
      ]),
    ),
  }
}

/** Candidates in canonical order, each once, so that who is undecided between the same says the same. */
export function weighed(resolution: Resolution): Resolved {
  if (resolution.decided) return { decided: true, value: resolution.value }
  const texts = resolution.candidates.map(({ value }) => [canonicalText(value), value] as const)
  const sorted = [...new Map(texts)].sort(([a], [b]) => compareUtf8(a, b))
  return { decided: false, candidates: sorted.map(([, value]) => value) }
}

/** A change whose causes are still to be told. */
export type Bare = Change extends infer C ? (C extends Change ? Omit<C, 'reports'> : never) : never

/** What differs between two answers about one place; `null` where nothing is said of it. */
export function changesBetween(a: PlaceAnswer | null, b: PlaceAnswer | null): Bare[] {
  const place = (a ?? b)!.place
  const changes: Bare[] = []
  const standing = { from: a?.standing ?? NOTHING, to: b?.standing ?? NOTHING }
  if (standing.from !== standing.to) changes.push({ type: 'standing', place, ...standing })
  for (const facet of namesIn(a?.resolved, b?.resolved)) {
    const from = a?.resolved[facet] ?? null
    const to = b?.resolved[facet] ?? null
    if (!isSame(from, to)) changes.push({ type: 'resolved', place, facet, from, to })
  }
  for (const account of namesIn(a?.accounts, b?.accounts)) {
    const before = a?.accounts[account]
    const after = b?.accounts[account]
    for (const facet of namesIn(before, after)) {
      const from = before?.[facet] ?? null
      const to = after?.[facet] ?? null
      if (!isSame(from, to)) changes.push({ type: 'facet', place, account, facet, from, to })
    }
  }
  return changes
}

/** The standing of a place that nothing is said of. */
export const NOTHING: Standing = 'unreported'

export function isSame(a: unknown, b: unknown): boolean {
  return a === b || canonicalText(a) === canonicalText(b)
}

/** In the order of a diff: by place, standing, resolved values by facet, then account and facet. */
export function compareChanges(a: Change, b: Change): number {
  return (
    compareUtf8(a.place, b.place) ||
    RANK[a.type] - RANK[b.type] ||
    compareUtf8(accountIn(a), accountIn(b)) ||
    compareUtf8(facetIn(a), facetIn(b))
  )
}

const RANK = { standing: 0, resolved: 1, facet: 2 }
const accountIn = (change: Change) => (change.type === 'facet' ? change.account : '')
const facetIn = (change: Change) => (change.type === 'standing' ? '' : change.facet)

/** What a change is about: equal texts, the same. */
export function aboutText(change: Change): string {
  return canonicalText([change.type, change.place, accountIn(change), facetIn(change)])
}

/** Names in either record, in the order of their UTF-8 bytes. */
function namesIn(a: object | undefined, b: object | undefined): string[] {
  return [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])].sort(compareUtf8)
}

function mapped<T, U>(
  record: Readonly<Record<string, T>>,
  to: (value: T, name: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, one]) => [name, to(one, name)]))
}
