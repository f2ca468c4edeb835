/**
 * The whole map at once, in compact columns: for every place and account what is settled of each
 * facet, whether that is certain, and what carries it. One walk through the rows, no object for a
 * place; keys whose answer hangs on more than a row or two are weighed as any single key is.
 */
import { compareUtf8 } from '../report/utf8.js'
import type { Instant } from '../time/instant.js'
import { type CellReader, type CutAt, readerOf, SEVERAL, type Settled } from './cells.js'
import { BY_DEFAULT } from './columns.js'
import { BRANCHING, type Dormant, OBSERVED, STRETCHED } from './dormant.js'
import type { Ledger } from './ledger.js'
import type { FacetValue, Key } from './projection.js'
import type { Relations } from './register.js'
import { keyText } from './slot.js'
import { compareKeys, type Store } from './store.js'
import { NO_WORD } from './values.js'

/** One facet of every row of a frame; what tells of carriers is looked up when it is first asked for. */
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
  const builder = new Builder(store, reached.size, t)
  const keys = [...reached].map(([text, key]) => ({ text, key })).sort(compareKeys)
  for (const { key } of keys) if (reader.readKey(key)) builder.addKey(key, reader)
  return builder
}

/** One walk through columns; texts are told apart by their numbers. */
function laidOut(store: Store, { columns, offsets, size }: Dormant, reader: CellReader): Builder {
  const { names, texts, shapes, parts, middles, ends, widths, marks, facets } = columns
  const placeAt = names.map((shape) => shape.indexOf('place'))
  const accountAt = names.map((shape) => shape.indexOf('account'))
  const builder = new Builder(store, size, reader.instant)
  const accounts = new Int32Array(texts.length).fill(-1)
  let placed = -1
  const rows = { list: null, from: 0, to: 0, width: 0, observed: false }
  const told = { place: '', account: '', facets: 0, stretched: false, branching: false }
  for (let i = 0; i < size; i++) {
    const shape = shapes[i]!
    if (placeAt[shape] === -1 || accountAt[shape] === -1) continue
    const offset = offsets[i]!
    const place = parts[offset + placeAt[shape]!]!
    const account = parts[offset + accountAt[shape]!]!
    rows.from = i === 0 ? 0 : ends[i - 1]!
    rows.to = middles[i]!
    rows.width = widths[i]!
    rows.observed = (marks[i]! & OBSERVED) !== 0
    told.place = texts[place]!
    told.account = texts[account]!
    told.facets = facets[i]!
    told.stretched = (marks[i]! & STRETCHED) !== 0
    told.branching = (marks[i]! & BRANCHING) !== 0
    if (!reader.readRows(rows, told)) continue
    if (place !== placed) builder.place(told.place)
    placed = place
    if (accounts[account] === -1) accounts[account] = builder.account(told.account)
    builder.add(accounts[account]!, reader)
  }
  return builder
}

/** The same where rows came since the base was laid out. */
function slotBySlot(store: Store, reader: CellReader): Builder {
  const slots = store.ordered()
  const builder = new Builder(store, slots.length, reader.instant)
  for (const slot of slots) if (reader.readSlot(slot)) builder.addKey(slot.key, reader)
  return builder
}

/** Tells what is settled in the rows `[from, to)` of a frame. */
export function settledIn(frame: Frame): (from: number, to: number) => Settled[] {
  const { values, accounts, account } = frame
  const columns = frame.facets.map((facet) => ({ facet, words: frame.column[facet]!.settled }))
  return (from, to) => {
    const settled: Settled[] = []
    for (let row = from; row < to; row++) {
      const said: Record<string, FacetValue> = {}
      for (let i = 0; i < columns.length; i++) {
        const { facet, words } = columns[i]!
        if (words[row] !== NO_WORD) said[facet] = values[words[row]!]!
      }
      settled.push({ account: accounts[account[row]!]!, facets: said })
    }
    return settled
  }
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

interface Cells extends Pick<FacetColumn, 'settled' | 'certain'>, FacetGrounds {
  /** Support that is not just that of the row, NaN elsewhere; `null` where there is none of it. */
  supported: Float64Array | null
}

class Builder {
  readonly #store: Store
  readonly #t: Instant
  readonly #place: Int32Array
  readonly #account: Int32Array
  readonly #columns: (Cells | null)[]
  readonly #places: string[] = []
  readonly #accounts = new Map<string, number>()
  #size = 0

  constructor(store: Store, capacity: number, t: Instant) {
    this.#store = store
    this.#t = t
    this.#place = new Int32Array(capacity)
    this.#account = new Int32Array(capacity)
    this.#columns = store.values.facets.map(() => null)
  }

  addKey({ place, account }: Key, read: CellReader): void {
    if (this.#places[this.#places.length - 1] !== place) this.place(place!)
    this.add(this.account(account!), read)
  }

  /** Rows from here on are of the next place. */
  place(id: string): void {
    this.#places.push(id)
  }

  /** The number of an account, the next one where it is new. */
  account(name: string): number {
    const known = this.#accounts.get(name)
    if (known !== undefined) return known
    this.#accounts.set(name, this.#accounts.size)
    return this.#accounts.size - 1
  }

  add(account: number, read: CellReader): void {
    const at = this.#size++
    this.#place[at] = this.#places.length - 1
    this.#account[at] = account
    for (let facet = 0; facet < read.said.length; facet++) {
      if (read.said[facet] === 0) continue
      const column = this.#columns[facet] ?? this.#columnOf(facet)
      column.settled[at] = read.settled[facet]!
      column.certain[at] = read.certain[facet]!
      column.other[at] = read.other[facet]!
      column.row[at] = read.carrier[facet]!
      const supported = read.supported[facet]!
      if (Number.isNaN(supported)) continue
      column.supported ??= new Float64Array(this.#place.length).fill(Number.NaN)
      column.supported[at] = supported
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
        said.map((facet) => [facet, this.#column(this.#columns[facets.indexOf(facet)]!)]),
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

  #columnOf(facet: number): Cells {
    const { length } = this.#place
    const column: Cells = {
      settled: new Int32Array(length),
      // A row that says nothing of the facet is certain to say nothing.
      certain: new Uint8Array(length).fill(1),
      row: new Int32Array(length).fill(-1),
      other: new Int32Array(length).fill(SEVERAL),
      supported: null,
    }
    this.#columns[facet] = column
    return column
  }

  /**
   * What carries is looked up when it is first asked for. The columns of the store that it is looked up in
   * are kept: they are never written to again where rows are, whatever comes.
   */
  #column({ settled, certain, row, supported }: Cells): FacetColumn {
    const size = this.#size
    const t = this.#t
    const { report, flags, supportTo } = this.#store.columns
    const rows = row.subarray(0, size)
    const of = <A extends Int32Array | Uint8Array | Float64Array>(
      column: A,
      read: (row: number, at: number) => number,
    ): A => {
      for (let at = 0; at < size; at++) if (rows[at] !== -1) column[at] = read(rows[at]!, at)
      return column
    }
    const supportOf = (one: number, at: number) => {
      const told = supported === null ? Number.NaN : supported[at]!
      return Number.isNaN(told) ? Math.min(t, supportTo[one]!) : told
    }
    const defaultOf = (one: number) => ((flags[one]! & BY_DEFAULT) === 0 ? 0 : 1)
    let carrier: Int32Array | null = null
    let supportedAt: Float64Array | null = null
    let byDefault: Uint8Array | null = null
    return {
      settled: settled.subarray(0, size),
      certain: certain.subarray(0, size),
      get carrier() {
        carrier ??= of(new Int32Array(size), (one) => report[one]!)
        return carrier
      },
      get supportedAt() {
        supportedAt ??= of(new Float64Array(size).fill(Number.NaN), supportOf)
        return supportedAt
      },
      get byDefault() {
        byDefault ??= of(new Uint8Array(size), defaultOf)
        return byDefault
      },
    }
  }
}
