/**
 * The whole map at once, in compact columns: for every place and account what is settled of each
 * facet, whether that is certain, and what carries it. One walk through the rows, no object for a
 * place; keys whose answer hangs on more than a row or two are weighed as any single key is.
 */
import { compareUtf8 } from '../report/utf8.js'
import { type CellReader, type CutAt, readerOf, SEVERAL, type Settled } from './cells.js'
import { BY_DEFAULT } from './columns.js'
import { BRANCHING, type Dormant, OBSERVED, STRETCHED } from './dormant.js'
import type { Ledger } from './ledger.js'
import type { FacetValue, Key } from './projection.js'
import type { Relations } from './register.js'
import { keyText } from './slot.js'
import { compareKeys, type Store } from './store.js'
import { NO_WORD } from './values.js'

/** One facet of every row of a frame. */
export interface FacetColumn {
  /** Index into `values`; 0 where nothing is settled. */
  readonly settled: Int32Array
  /** 1 where what is settled, or that nothing is, is all that is possible. */
  readonly certain: Uint8Array
  /** Position of the report that carries what is settled; 0 where nothing is. */
  readonly carrier: Int32Array
  /** Last instant of the newest certain support, in milliseconds since 1970; NaN where nothing is settled. */
  readonly supportedAt: Float64Array
  /** 1 where what is settled is said by default. */
  readonly byDefault: Uint8Array
}

/** A row is a place and an account that says anything of it, settled or possible. */
export interface Frame {
  readonly size: number
  /** Ids in the order of their UTF-8 bytes, as are the names of accounts. */
  readonly places: readonly string[]
  readonly accounts: readonly string[]
  /** Facets of which anything is said. */
  readonly facets: readonly string[]
  /** `null`, unsaid, comes first. */
  readonly values: readonly (FacetValue | null)[]
  /** Index into `places`; rows come by place, then by account. */
  readonly place: Int32Array
  /** Index into `accounts`. */
  readonly account: Int32Array
  readonly column: Readonly<Record<string, FacetColumn>>
}

/** Rows beyond the base are laid out with it first where they are more than this share. */
const SHARE = 16

/** What stands behind one facet of every row of a frame; good until rows are laid out anew. */
export interface FacetGrounds {
  /** The row that carries what is settled; -1 where nothing is. */
  readonly row: Int32Array
  /**
   * Where it is not certain, the word that is possible beside what is settled, 0 where that is unsaid or
   * said by default; else, and where there are several, `SEVERAL`.
   */
  readonly other: Int32Array
}

/** The frame of every place. */
export function frameOf(ledger: Ledger, store: Store, relations: Relations, at: CutAt): Frame {
  return built(ledger, store, relations, at).frame()
}

/** The same with what stands behind it. */
export function groundedFrameOf(
  ledger: Ledger,
  store: Store,
  relations: Relations,
  at: CutAt,
): { readonly frame: Frame; readonly grounds: Readonly<Record<string, FacetGrounds>> } {
  const builder = built(ledger, store, relations, at)
  return { frame: builder.frame(), grounds: builder.grounds() }
}

function built(ledger: Ledger, store: Store, relations: Relations, { cut, t }: CutAt): Builder {
  ledger.bringForth(cut)
  if (store.late * SHARE > store.columns.size) ledger.settle(store)
  const reader = readerOf(ledger, store, relations, { cut, t })
  const reached = store.reaches ? reachedKeys(store, relations) : null
  if (reached === null || reached.size === 0) {
    const { layout } = store
    return layout === null ? slotBySlot(store, reader) : laidOut(store, layout, reader)
  }
  for (const slot of store.slots()) if (!reached.has(slot.text)) reached.set(slot.text, slot.key)
  const builder = new Builder(store, reached.size)
  const keys = [...reached].map(([text, key]) => ({ text, key })).sort(compareKeys)
  for (const { key } of keys) if (reader.readKey(key)) builder.add(key.place!, key.account!, reader)
  return builder
}

/** One walk through columns. */
function laidOut(store: Store, { columns, offsets, size }: Dormant, reader: CellReader): Builder {
  const { names, texts, shapes, parts, middles, ends, widths, marks, facets } = columns
  const placeAt = names.map((shape) => shape.indexOf('place'))
  const accountAt = names.map((shape) => shape.indexOf('account'))
  const builder = new Builder(store, size)
  const rows = { list: null, from: 0, to: 0, width: 0, observed: false }
  for (let i = 0; i < size; i++) {
    const shape = shapes[i]!
    if (placeAt[shape] === -1 || accountAt[shape] === -1) continue
    const offset = offsets[i]!
    const place = texts[parts[offset + placeAt[shape]!]!]!
    const account = texts[parts[offset + accountAt[shape]!]!]!
    rows.from = i === 0 ? 0 : ends[i - 1]!
    rows.to = middles[i]!
    rows.width = widths[i]!
    rows.observed = (marks[i]! & OBSERVED) !== 0
    const stretched = (marks[i]! & STRETCHED) !== 0
    const branching = (marks[i]! & BRANCHING) !== 0
    const found = { place, account, facets: facets[i]!, stretched, branching }
    if (reader.readRows(rows, found)) builder.add(place, account, reader)
  }
  return builder
}

/** The same where rows came since the base was laid out. */
function slotBySlot(store: Store, reader: CellReader): Builder {
  const slots = store.ordered()
  const builder = new Builder(store, slots.length)
  for (const slot of slots)
    if (reader.readSlot(slot)) builder.add(slot.key.place!, slot.key.account!, reader)
  return builder
}

/** What is settled in the rows `[from, to)` of a frame. */
export function settledIn(
  { facets, column, values, accounts, account }: Frame,
  { from, to }: { readonly from: number; readonly to: number },
): Settled[] {
  const settled: Settled[] = []
  for (let row = from; row < to; row++) {
    const said: Record<string, FacetValue> = {}
    for (const facet of facets) {
      const word = column[facet]!.settled[row]!
      if (word !== NO_WORD) said[facet] = values[word]!
    }
    settled.push({ account: accounts[account[row]!]!, facets: said })
  }
  return settled
}

/** Keys that rows of a whole may reach. */
function reachedKeys(store: Store, relations: Relations): Map<string, Key> {
  const reached = new Map<string, Key>()
  for (const slot of store.slots()) {
    const { place } = slot.key
    if (!slot.reaches || place === undefined) continue
    for (const part of relations.partsEver(place)) {
      const key = { ...slot.key, place: part }
      reached.set(keyText(key), key)
    }
  }
  return reached
}

type Cells = FacetColumn & FacetGrounds

class Builder {
  readonly #store: Store
  readonly #place: Int32Array
  readonly #account: Int32Array
  readonly #columns: (Cells | null)[]
  readonly #places: string[] = []
  readonly #accounts = new Map<string, number>()
  #size = 0

  constructor(store: Store, capacity: number) {
    this.#store = store
    this.#place = new Int32Array(capacity)
    this.#account = new Int32Array(capacity)
    this.#columns = store.values.facets.map(() => null)
  }

  add(
    place: string,
    account: string,
    { said, settled, certain, carrier, supported, other }: CellReader,
  ): void {
    const at = this.#size++
    if (this.#places[this.#places.length - 1] !== place) this.#places.push(place)
    this.#place[at] = this.#places.length - 1
    this.#account[at] = this.#accountNumber(account)
    const { report, flags } = this.#store.columns
    for (let facet = 0; facet < said.length; facet++) {
      if (said[facet] === 0) continue
      const column = this.#columns[facet] ?? this.#columnOf(facet)
      column.settled[at] = settled[facet]!
      column.certain[at] = certain[facet]!
      column.other[at] = other[facet]!
      const row = carrier[facet]!
      if (row === -1) continue
      column.row[at] = row
      column.carrier[at] = report[row]!
      column.supportedAt[at] = supported[facet]!
      column.byDefault[at] = (flags[row]! & BY_DEFAULT) === 0 ? 0 : 1
    }
  }

  frame(): Frame {
    const { facets, words } = this.#store.values
    const values = Array.from({ length: words }, (_, word) => this.#store.values.word(word))
    const accounts = [...this.#accounts.keys()].sort(compareUtf8)
    const ranks = new Int32Array(accounts.length)
    for (const [rank, account] of accounts.entries()) ranks[this.#accounts.get(account)!] = rank
    const account = this.#account.subarray(0, this.#size)
    for (let i = 0; i < account.length; i++) account[i] = ranks[account[i]!]!
    const said = facets.filter((_, facet) => this.#columns[facet] !== null)
    return {
      size: this.#size,
      places: this.#places,
      accounts,
      facets: said,
      values,
      place: this.#place.subarray(0, this.#size),
      account,
      column: Object.fromEntries(
        said.map((facet) => [facet, cut(this.#columns[facets.indexOf(facet)]!, this.#size)]),
      ),
    }
  }

  grounds(): Record<string, FacetGrounds> {
    const { facets } = this.#store.values
    return Object.fromEntries(
      facets.flatMap((facet, number) => {
        const column = this.#columns[number]
        return column == null ? [] : [[facet, { row: column.row, other: column.other }] as const]
      }),
    )
  }

  #accountNumber(account: string): number {
    const known = this.#accounts.get(account)
    if (known !== undefined) return known
    this.#accounts.set(account, this.#accounts.size)
    return this.#accounts.size - 1
  }

  #columnOf(facet: number): Cells {
    const { length } = this.#place
    const column: Cells = {
      settled: new Int32Array(length),
      // A row that says nothing of the facet is certain to say nothing.
      certain: new Uint8Array(length).fill(1),
      carrier: new Int32Array(length),
      supportedAt: new Float64Array(length).fill(Number.NaN),
      byDefault: new Uint8Array(length),
      row: new Int32Array(length).fill(-1),
      other: new Int32Array(length).fill(SEVERAL),
    }
    this.#columns[facet] = column
    return column
  }
}

function cut(column: FacetColumn, size: number): FacetColumn {
  return {
    settled: column.settled.subarray(0, size),
    certain: column.certain.subarray(0, size),
    carrier: column.carrier.subarray(0, size),
    supportedAt: column.supportedAt.subarray(0, size),
    byDefault: column.byDefault.subarray(0, size),
  }
}
