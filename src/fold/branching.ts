/**
 * What the rows near an instant come to of one facet, whether some of them deny or name alternatives
 * or not: what is settled and whose word it is, and everything that is possible.
 */
import type { Instant } from '../time/instant.js'
import { type Settled, settledOf, standings, type Written } from './denials.js'
import { deniedWord, isDenial } from './meanings.js'
import type { Near } from './narrow.js'
import type { Store } from './store.js'
import { NO_WORD } from './values.js'
import { type Swept, worldsAt } from './worlds.js'

/** Indices are into the rows near the instant. */
export interface Come {
  /** A word; `NO_WORD` where nothing is settled. */
  readonly settled: number
  /** What is settled is a denial. */
  readonly denial: boolean
  /** Whose word it is, or who left the facet unsaid; -1 where nothing has certainly begun. */
  readonly carrier: number
  /** All that made what is settled what it is, the carrier among them. */
  readonly by: readonly number[]
  /** What is possible, each with whose word it is; alternatives each by itself. */
  readonly said: readonly { readonly word: number; readonly row: number }[]
  /** Rows through which unsaid is possible. */
  readonly silent: readonly number[]
  readonly unsaid: boolean
}

/** Of a store what is folded. */
export type Folding = Pick<Store, 'columns' | 'word' | 'meanings'>

/** `facet` is its number, `branching` whether any row may deny or name alternatives. */
export function comeTo(
  store: Folding,
  near: Near,
  { facet, branching, sweeps }: Asked,
  t: Instant,
): Come {
  if (!branching) return plainly(store, near, { facet, branching, sweeps }, t)
  const rows = near.rows.slice(0, near.size)
  const codes = rows.map((row) => store.word(row, facet))
  const come = codes.some(isDenial)
    ? withDenials({ columns: store.columns, rows, codes, meanings: store.meanings }, sweeps, t)
    : plainly(store, near, { facet, branching, sweeps }, t)
  const said = come.said.flatMap(({ word, row }) =>
    // A denial that stands is what it is.
    isDenial(codes[row]!) ? { word, row } : alternativesOf(store, word, row),
  )
  return { ...come, said }
}

export interface Asked {
  readonly facet: number
  readonly branching: boolean
  readonly sweeps: readonly Swept[]
}

function alternativesOf(store: Folding, word: number, row: number) {
  return store.meanings.alternatives(word).map((one) => ({ word: one, row }))
}

function plainly(store: Folding, near: Near, { facet, sweeps }: Asked, t: Instant): Come {
  const wordAt = (i: number) => store.word(near.rows[i]!, facet)
  const says = (row: number) => store.word(row, facet) !== NO_WORD
  const { carrier, lapsed, said, silent, unsaid } = worldsAt(store.columns, near, says, sweeps, t)
  return {
    settled: carrier === -1 || lapsed ? NO_WORD : wordAt(carrier),
    denial: false,
    carrier,
    by: carrier === -1 ? [] : [carrier],
    said: said.map((row) => ({ word: wordAt(row), row })),
    silent,
    unsaid,
  }
}

function withDenials(written: Written, sweeps: readonly Swept[], t: Instant): Come {
  const settled: Settled = settledOf(written, t)
  const all = standings(written, sweeps, t)
  const unsaid = all.filter(({ word }) => word === NO_WORD)
  return {
    settled: settled.word,
    denial: settled.denial,
    carrier: settled.row,
    by: settled.by,
    said: all.filter(({ word }) => word !== NO_WORD),
    silent: unsaid.flatMap(({ row }) => (row === -1 ? [] : row)),
    unsaid: unsaid.length > 0,
  }
}

/** Whether a row that sets a facet to `code` supports what is settled (RULINGS 38). */
export function supports(
  { meanings }: Pick<Store, 'meanings'>,
  code: number,
  { settled, denial }: Pick<Come, 'settled' | 'denial'>,
): boolean {
  if (!isDenial(code)) return !denial && code === settled
  const denied = deniedWord(code)
  return (denial ? meanings.joined(settled, denied) : meanings.left(settled, denied)) === settled
}
