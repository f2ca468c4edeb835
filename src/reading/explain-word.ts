/**
 * Why one account says what it says of a facet: which of its reports gives its settled word against
 * all else it said of it, what may be so instead, what it said before, and what ended it.
 */
import { canonicalText } from '../fold/intern.js'
import { isDenial } from '../fold/meanings.js'
import type { FacetValue } from '../fold/projection.js'
import { type FacetAt, readFacets, seenRows } from '../fold/register.js'
import { NO_WORD, UNSET } from '../fold/values.js'
import { type Asked, canonically, cutAmong, facetsOf, type Item, itemOf } from './explain-asked.js'
import { smallest } from './explain-smallest.js'
import type { Ended, WordExplanation } from './explain-types.js'
import type { AccountRows } from './tellings.js'

/** An account's word on a facet, explained, with its reports at hand. */
export interface Word {
  readonly account: string
  readonly at: FacetAt | undefined
  readonly explained: WordExplanation
  readonly support: readonly Item[]
  readonly alsoSaid: readonly Item[]
  /** All that has certainly begun or can be the last word, in canonical order. */
  readonly all: readonly Item[]
}

/** Reports of one word that are asked one by one whether they would do as well, the newest first. */
const ASKED = 128

interface Row extends Item {
  /** Number of the word that the row gives to the facet. */
  readonly word: number
  readonly begun: boolean
  readonly over: boolean
  readonly mayEnd: boolean
}

/** `null` where the account has said nothing of the facet by the instant, even possibly. */
export function wordOf(
  asked: Asked,
  account: AccountRows,
  facet: string,
  at: FacetAt | undefined,
): Word | null {
  const rows = rowsOn(asked, account, facet, at)
  if (rows.length === 0) return null
  const settled = at?.settled ?? null
  const begun = rows.filter((row) => row.begun)
  const text = canonicalText(settled)
  // What is over says nothing, and keeps silent what came before it.
  const says = (row: Row) => (settled === null && row.over ? null : saidBy(asked, row))
  const candidates = begun.filter((row) => isDenial(row.word) || canonicalText(says(row)) === text)
  const against = rows.filter((row) => !candidates.includes(row))
  const gives = (some: readonly Row[]) =>
    canonicalText(settledAmong(asked, account, facet, [...some, ...against])) === text
  const last = [...candidates].reverse()
  const support = smallest(last, gives) ?? last.slice(0, 1)
  const alsoSaid = othersOf(last.slice(0, ASKED), support, gives)
  const others = othersPossible(asked, at, rows)
  const evidence = new Set(at?.evidence ?? [])
  const likewise = rows.filter(
    (row) => !row.begun && evidence.has(row.id) && canonicalText(saidBy(asked, row)) === text,
  )
  const told = [...ids([...support, ...alsoSaid]), ...others.flatMap(({ reports }) => reports)]
  const before = begun.filter(({ id }) => !told.includes(id))
  return {
    account: account.account.name,
    at,
    support: inOrder(support),
    alsoSaid: inOrder(alsoSaid),
    all: rows,
    explained: {
      account: account.account.name,
      settled,
      certainty: at === undefined || at.possible.length === 1 ? 'certain' : 'possible',
      basis: at?.carrier?.basis ?? null,
      derived: at?.carrier?.derived ?? false,
      support: ids(inOrder(support)),
      alsoSaid: ids(inOrder(alsoSaid)),
      likewise: ids(likewise),
      others,
      before: ids(before),
      ended: settled === null ? endedBy(begun) : null,
    },
  }
}

/** Rows of the account that set the facet and have begun, or can be its last word; in canonical order. */
function rowsOn(
  { engine, store, c }: Asked,
  { keyRows }: AccountRows,
  facet: string,
  at: FacetAt | undefined,
): Row[] {
  const number = store.values.facets.indexOf(facet)
  const evidence = new Set(at?.evidence ?? [])
  return seenRows(keyRows).flatMap((row): Row[] => {
    const word = store.word(row, number)
    const item = itemOf(engine, store, row)
    const begun = item.latest - 1 <= c.valid
    if (word === UNSET || !(begun || evidence.has(item.id))) return []
    const over = store.columns.endTo[row]! - 1 <= c.valid
    const mayEnd = store.columns.endFrom[row]! <= c.valid
    return [{ ...item, word, begun, over, mayEnd }]
  })
}

function saidBy({ store }: Asked, { word }: Row): FacetValue | null {
  return word <= NO_WORD ? null : store.values.word(word)
}

function settledAmong(
  asked: Asked,
  { keyRows }: AccountRows,
  facet: string,
  rows: readonly Row[],
): FacetValue | null {
  const { engine, store, c } = asked
  const sight = engine.ledger.sight(store, cutAmong(asked, rows))
  const read = readFacets(engine.ledger, store, { ...keyRows, sight }, facetsOf(asked), c.valid)
  return read.get(facet)?.settled ?? null
}

/** Those that would do in the place of one of the support. */
function othersOf(
  candidates: readonly Row[],
  support: readonly Row[],
  gives: (rows: readonly Row[]) => boolean,
): Row[] {
  return candidates.filter(
    (row) =>
      !support.includes(row) &&
      support.some((one) => gives([...support.filter((other) => other !== one), row])),
  )
}

function othersPossible(
  asked: Asked,
  at: FacetAt | undefined,
  rows: readonly Row[],
): WordExplanation['others'] {
  const settled = canonicalText(at?.settled ?? null)
  const evidence = new Set(at?.evidence ?? [])
  const speaking = rows.filter(({ id }) => evidence.has(id))
  return (at?.possible ?? [])
    .filter((value) => canonicalText(value) !== settled)
    .map((value) => ({ value, reports: ids(saying(asked, speaking, value)) }))
}

/** Rows through which a value is possible; where none says it whole, those that deny or name alternatives. */
function saying(asked: Asked, rows: readonly Row[], value: FacetValue | null): readonly Row[] {
  if (value === null) return rows.filter(({ word, mayEnd }) => word === NO_WORD || mayEnd)
  const text = canonicalText(value)
  const whole = rows.filter((row) => canonicalText(saidBy(asked, row)) === text)
  return whole.length > 0 ? whole : rows.filter(({ word }) => word !== NO_WORD)
}

function endedBy(begun: readonly Row[]): Ended | null {
  const last = begun.at(-1)
  if (last === undefined) return null
  if (last.word === NO_WORD) return { report: last.id, by: 'word' }
  const over = begun.findLast((row) => row.over)
  return over === undefined ? null : { report: over.id, by: 'end' }
}

const inOrder = (rows: readonly Row[]): Row[] => [...rows].sort(canonically)
const ids = (rows: readonly Row[]): string[] => [...new Set(rows.map(({ id }) => id))]
