/** What an account goes on to say: the words under a key that begin wholly after an instant. */
import type { Instant } from '../time/instant.js'
import { BY_DEFAULT } from './columns.js'
import { begunAt, rowAt } from './narrow.js'
import type { FacetValue, Words } from './projection.js'
import type { KeyRows } from './register.js'
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
  const numbers = facets.map((facet) => [facet, store.values.facets.indexOf(facet)] as const)
  for (const row of laterRows(store, keyRows, t)) {
    const words: Record<string, FacetValue> = {}
    let any = false
    for (const [facet, number] of numbers) {
      const word = number === -1 ? NO_WORD : store.word(row, number)
      if (word <= NO_WORD) continue
      words[facet] = store.values.word(word)!
      any = true
    }
    if (any) yield words
  }
}
