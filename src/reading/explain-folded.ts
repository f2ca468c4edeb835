/**
 * What an account says of a facet once it claims a value more: its own rows at the reading are folded
 * again, in columns of their own, with one that begins at the instant and comes last of all that has
 * certainly begun. A denial works on what stands (RULINGS 12), alternatives are possible each by
 * itself (RULINGS 13), and what may still come after the claim stays possible (RULINGS 7, 8).
 */
import { comeTo, type Folding } from '../fold/branching.js'
import { BY_DEFAULT, Columns, type RowInput } from '../fold/columns.js'
import { denialOf, isDenial } from '../fold/meanings.js'
import { Near, narrow } from '../fold/narrow.js'
import type { FacetValue } from '../fold/projection.js'
import type { KeyRows } from '../fold/register.js'
import { UNSET } from '../fold/values.js'
import { compareUtf8 } from '../report/utf8.js'
import { END, type Instant, instant } from '../time/instant.js'
import type { Asked } from './explain-asked.js'
import type { AccountRows } from './tellings.js'
import type { Possible } from './types.js'

/** A value that is claimed of a facet; a denial claims what is not so. */
export interface Claimed {
  readonly facet: string
  readonly value: FacetValue
  readonly denial: boolean
}

/** What an account then says. */
export interface Said {
  readonly settled: FacetValue | null
  readonly certainty: 'certain' | 'possible'
  readonly possible: Possible['possible']
  /** Whether the further claim carries what is settled; else what stood before does. */
  readonly carries: boolean
}

/** Whether what an account says of a facet is a denial that stands. */
export function standsDenied(asked: Asked, { keyRows }: AccountRows, facet: string): boolean {
  const { store, c } = asked
  const number = store.values.facets.indexOf(facet)
  const near = nearOf(asked, keyRows, number)
  const { branching, sweeps } = keyRows
  return comeTo(store, near, { facet: number, branching, sweeps }, c.valid).denial
}

/** `keyRows` are absent of an account that never spoke of the subject. */
export function saidWith(asked: Asked, keyRows: KeyRows | undefined, claimed: Claimed): Said {
  const { store, c } = asked
  const { values, meanings } = store
  const facet = values.facets.indexOf(claimed.facet)
  const word = values.wordNumber(claimed.value)
  const before = keyRows === undefined ? new Near() : nearOf(asked, keyRows, facet)
  const rows = before.rows.slice(0, before.size)
  const own = rows.filter((row) => store.columns.latest[row]! - 1 <= c.valid).length
  const codes = rows.map((row) => store.word(row, facet))
  codes.splice(own, 0, claimed.denial ? denialOf(word) : word)
  const columns = new Columns(codes.length)
  for (const row of rows.slice(0, own)) columns.add(rowFrom(store.columns, row))
  columns.add(furtherAt(c.valid))
  for (const row of rows.slice(own)) columns.add(rowFrom(store.columns, row))
  const near = new Near()
  for (const row of codes.keys()) near.push(row)
  const folding: Folding = { columns, word: (row) => codes[row]!, meanings }
  const how = { facet, branching: true, sweeps: keyRows?.sweeps ?? [] }
  const come = comeTo(folding, near, how, c.valid)
  const isDefault = (row: number) => (columns.flags[row]! & BY_DEFAULT) !== 0
  const all = new Set(come.said.map((one) => one.word))
  const loud = new Set(come.said.filter(({ row }) => !isDefault(row)).map((one) => one.word))
  const sorted = [...loud].sort((a, b) => compareUtf8(values.text(a), values.text(b)))
  const said = sorted.map((one) => values.word(one))
  return {
    settled: values.word(come.settled),
    certainty: all.size + (come.unsaid ? 1 : 0) === 1 ? 'certain' : 'possible',
    possible: come.unsaid || loud.size < all.size ? [null, ...said] : said,
    carries: come.carrier === own,
  }
}

/** The rows of an account that bear on a facet at the instant, in canonical order. */
function nearOf({ store, c }: Asked, { rows, sight, branching }: KeyRows, facet: number): Near {
  const near = new Near()
  const counts = (row: number) => store.word(row, facet) !== UNSET && sight.sees(row)
  const says = (row: number) => !isDenial(store.word(row, facet))
  narrow(store.columns, rows, counts, c.valid, near, branching ? says : null)
  return near
}

function rowFrom(columns: Columns, row: number): RowInput {
  return {
    report: columns.report[row]!,
    chain: columns.chain[row]!,
    bounds: {
      earliest: instant(columns.earliest[row]!),
      latest: instant(columns.latest[row]!),
      endFrom: instant(columns.endFrom[row]!),
      endTo: instant(columns.endTo[row]!),
      supportTo: instant(columns.supportTo[row]!),
      inconsistent: false,
    },
    published: columns.published[row]!,
    shown: columns.shown[row]!,
    value: columns.value[row]!,
    flags: columns.flags[row]!,
  }
}

/** A row that begins at an instant, for certain and without an end. */
function furtherAt(valid: Instant): RowInput {
  const bounds = {
    earliest: valid,
    latest: instant(valid + 1),
    endFrom: END,
    endTo: END,
    supportTo: valid,
    inconsistent: false,
  }
  return { report: -1, chain: -1, bounds, published: valid, shown: 0, value: -1, flags: 0 }
}
