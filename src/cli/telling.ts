/**
 * What each account says of a place, as rows: what is certain, what is settled though another
 * value is possible, and what is only possible, each apart from the others.
 */
import type { AccountState, Dispute, FacetValue, PlaceView } from '../index.js'
import type { Names } from './names.js'
import { ageWords, type When } from './when.js'
import { alternativesIn, CLEARED, facetWords, inOrder, isFullHold, isNone } from './words.js'

export interface Telling {
  readonly account: string
  readonly says: string
  readonly since: string
  readonly basis: string
  readonly age: string
  readonly reports: string
  readonly certainty: 'certain' | 'settled' | 'possible'
  /** Whether what is said here clashes with another account: beyond doubt, or perhaps. */
  readonly clash: 'disputed' | 'open' | null
}

/** Rows of every account of a place, in the accounts' order. */
export function tellings(view: PlaceView, names: Names, when: When): Telling[] {
  return view.accounts.flatMap((account) => accountRows(account, view.disputes, names, when))
}

function accountRows(
  account: AccountState,
  disputes: readonly Dispute[],
  names: Names,
  when: When,
): Telling[] {
  const rows = [...settledRows(account, disputes, names, when), ...possibleRows(account, names)]
  return rows.map((row) => ({ ...row, account: names.account(account.account) }))
}

type Row = Omit<Telling, 'account'>

type Settled = Omit<Row, 'says'>

/** Facets that rest on the same word are told in one row. */
function settledRows(
  account: AccountState,
  disputes: readonly Dispute[],
  names: Names,
  when: When,
): Row[] {
  const rowOf = (facet: string): Settled => ({
    since: windowOf(account, facet, when),
    basis: account.basis[facet] ?? '',
    age: ageOf(account, facet),
    reports: account.evidence[facet]?.[0] ?? '',
    certainty: account.certainty[facet] === 'certain' ? 'certain' : 'settled',
    clash: clashOf(account.account, facet, disputes),
  })
  const groups = new Map<string, { facets: string[]; row: Settled }>()
  const told = inOrder(Object.keys(account.control))
  for (const facet of told.filter((each) => !impliedBy(account, each))) {
    const row = rowOf(facet)
    const clashes = told
      .filter((each) => facet === 'holder' && impliedBy(account, each))
      .map((each) => clashOf(account.account, each, disputes))
    const whole = { ...row, clash: worst([row.clash, ...clashes]) }
    const key = JSON.stringify([whole, account.derived.includes(facet), account.status[facet]])
    const group = groups.get(key) ?? { facets: [], row: whole }
    group.facets.push(facet)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ facets, row }) => ({
    ...row,
    says: `${row.certainty === 'certain' ? 'certainly' : 'settled:'} ${settledWords(account, facets, names)}`,
  }))
}

/** Whether the account says by its word of full control alone that a facet is none. */
function impliedBy(account: AccountState, facet: string): boolean {
  if (!CLEARED.includes(facet) || !isNone(account.control[facet])) return false
  const carrier = (of: string) => account.evidence[of]?.[0]
  return isFullHold(account.control.holder) && carrier(facet) === carrier('holder')
}

function worst(clashes: readonly Telling['clash'][]): Telling['clash'] {
  if (clashes.includes('disputed')) return 'disputed'
  return clashes.includes('open') ? 'open' : null
}

function settledWords(account: AccountState, facets: readonly string[], names: Names): string {
  const words = facets.map((facet) => facetWords(facet, account.control[facet] ?? null, names))
  const [first = ''] = facets
  const status = account.status[first]
  if (account.derived.includes(first)) return `${words.join('; ')} (said of the whole)`
  return `${words.join('; ')}${status === undefined ? '' : ` (“${status}”)`}`
}

/** One row for each thing that may be so beside what is settled. */
function possibleRows(account: AccountState, names: Names): Row[] {
  const facets = inOrder(Object.keys(account.possible)).map((facet) => ({
    facet,
    others: othersOf(account, facet),
  }))
  const most = Math.max(0, ...facets.map(({ others }) => others.length))
  const rows: Row[] = []
  for (let at = 0; at < most; at++) {
    const here = facets.flatMap(({ facet, others }) =>
      others.slice(at, at + 1).map((value) => ({ facet, value })),
    )
    const ids = new Set(
      here.flatMap(({ facet }) => {
        const all = account.evidence[facet] ?? []
        return account.control[facet] === undefined ? all : all.slice(1)
      }),
    )
    const reports = [...ids].join(', ')
    rows.push({ ...EMPTY, says: `possibly: ${possibleWords(here, names)}`, reports })
  }
  return rows
}

const EMPTY = {
  since: '',
  basis: '',
  age: '',
  certainty: 'possible',
  clash: null,
} as const

/**
 * What is possible and not settled, nor one of the alternatives that are; that nothing is said yet
 * goes without saying.
 */
function othersOf(account: AccountState, facet: string): (FacetValue | null)[] {
  const settled = account.control[facet] ?? null
  const texts = [settled, ...alternativesIn(settled)].map((value) => JSON.stringify(value))
  return (account.possible[facet] ?? []).filter((value) => !texts.includes(JSON.stringify(value)))
}

function possibleWords(
  here: readonly { readonly facet: string; readonly value: FacetValue | null }[],
  names: Names,
): string {
  const full = here.some(({ facet, value }) => facet === 'holder' && isFullHold(value ?? undefined))
  return here
    .filter(({ facet, value }) => !(full && CLEARED.includes(facet) && isNone(value ?? undefined)))
    .map(({ facet, value }) => facetWords(facet, value, names))
    .join('; ')
}

function windowOf(account: AccountState, facet: string, when: When): string {
  const window = account.since[facet]
  if (window === undefined) return ''
  const told = when.window(window)
  return window.flag === undefined ? told : `${told} (time ${window.flag})`
}

function ageOf(account: AccountState, facet: string): string {
  const age = account.supportAge[facet]
  return age === undefined ? '' : ageWords(age)
}

function clashOf(name: string, facet: string, disputes: readonly Dispute[]): Telling['clash'] {
  const mine = disputes.filter(
    ({ facets, parties }) => facets.includes(facet) && parties.includes(name),
  )
  if (mine.length === 0) return null
  return mine.some(({ open }) => !open) ? 'disputed' : 'open'
}
