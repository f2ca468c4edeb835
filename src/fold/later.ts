/** What an account goes on to say: the words under a key that begin wholly after an instant. */
import type { Instant } from '../time/instant.js'
import { BY_DEFAULT } from './columns.js'
import type { Cut } from './cut.js'
import type { Ledger } from './ledger.js'
import { begunAt, NO_ROWS, rowAt } from './narrow.js'
import type { FacetValue, Key, Words } from './projection.js'
import { type KeyRows, type Relations, rowsOf } from './register.js'
import type { Sight } from './sight.js'
import type { Store } from './store.js'
import { NO_WORD } from './values.js'

/** Rows that begin wholly after t, are seen and say nothing by default, in canonical order. */
export function* laterRows(
  { columns }: Store,
  { rows, sight }: Pick<KeyRows, 'rows' | 'sight'>,
  t: Instant,
): Generator<number, void, undefined> {
  const { earliest, flags } = columns
  for (let i = begunAt(columns, rows, t); i < rows.to; i++) {
    const row = rowAt(rows, i)
    if (earliest[row]! > t && (flags[row]! & BY_DEFAULT) === 0 && sight.sees(row)) yield row
  }
}

/** The words of those rows on the facets; rows that say nothing of any are left out. */
export function* laterWords(
  store: Store,
  keyRows: Pick<KeyRows, 'rows' | 'sight'>,
  facets: readonly string[],
  t: Instant,
): Generator<Words, void, undefined> {
  for (const row of laterRows(store, keyRows, t)) {
    const words = wordsOf(store, row, facets)
    if (Object.keys(words).length > 0) yield words
  }
}

/** What a row says of the facets; of which it says nothing, or denies something, are left out. */
export function wordsOf(store: Store, row: number, facets: readonly string[]): Words {
  const words: Record<string, FacetValue> = {}
  for (const facet of facets) {
    const number = store.values.facets.indexOf(facet)
    const word = number === -1 ? NO_WORD : store.word(row, number)
    if (word > NO_WORD) words[facet] = store.values.word(word)!
  }
  return words
}

/** The rows of a key as a cut sees them, in canonical order; its sweeps are not looked for. */
export function writersOf(
  ledger: Ledger,
  store: Store,
  key: Key,
  {
    cut,
    sight,
    relations,
  }: { readonly cut: Cut; readonly sight: Sight; readonly relations: Relations },
): Pick<KeyRows, 'rows' | 'sight'> {
  if (store.reaches) return rowsOf(ledger, store, key, cut, relations)
  const slot = store.slot(key)
  return { rows: slot === undefined ? NO_ROWS : store.rows(slot, 'own'), sight }
}
