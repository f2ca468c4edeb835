/**
 * The whole map at once, in compact columns: for every place and account what is settled of each
 * facet, whether that is certain, and what carries it. One walk through the rows, no object for a
 * place; keys whose answer hangs on more than a row or two are weighed as any single key is.
 */
import { compareUtf8 } from '../report/utf8.js'
import type { Instant } from '../time/instant.js'
import { BY_DEFAULT, OBSERVATION } from './columns.js'
import type { Cut } from './cut.js'
import type { Ledger } from './ledger.js'
import { narrow } from './narrow.js'
import type { FacetValue, Key } from './projection.js'
import { type KeyRows, type Relations, rowsOf, SWEEPS, supportedAt, sweepsOf } from './register.js'
import { keyText, type Slot } from './slot.js'
import { compareKeys, type Store } from './store.js'
import { NO_WORD, UNSET } from './values.js'
import { type Swept, sweptBetween, worldsAt } from './worlds.js'

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

/** The frame of every place, or of one. */
export function frameOf(
  ledger: Ledger,
  store: Store,
  relations: Relations,
  { cut, t, place }: { readonly cut: Cut; readonly t: Instant; readonly place?: string },
): Frame {
  ledger.bringForth(cut)
  if (place === undefined && store.late * SHARE > store.columns.size) ledger.settle(store)
  const reader = new Reader(ledger, store, relations, cut, t)
  const slots = place === undefined ? store.ordered() : store.slotsOfPlace(place)
  const reached = store.reaches ? reachedKeys(store, relations, cut, place) : null
  if (reached === null || reached.size === 0) {
    const builder = new Builder(store, slots.length)
    for (const slot of slots) if (reader.readSlot(slot)) builder.add(slot.key, reader)
    return builder.frame()
  }
  for (const slot of slots) if (!reached.has(slot.text)) reached.set(slot.text, slot.key)
  const builder = new Builder(store, reached.size)
  const keys = [...reached].map(([text, key]) => ({ text, key })).sort(compareKeys)
  for (const { key } of keys) if (reader.readKey(key)) builder.add(key, reader)
  return builder.frame()
}

/** Keys that rows of a whole may reach. */
function reachedKeys(
  store: Store,
  relations: Relations,
  cut: Cut,
  place: string | undefined,
): Map<string, Key> {
  const reached = new Map<string, Key>()
  const reach = (key: Key, part: string) => {
    const other = { ...key, place: part }
    reached.set(keyText(other), other)
  }
  if (place !== undefined) {
    for (const whole of relations.wholes(place, cut))
      for (const slot of store.slotsWith('place', whole)) if (slot.reaches) reach(slot.key, place)
    return reached
  }
  for (const slot of store.slots())
    if (slot.reaches && slot.key.place !== undefined)
      for (const part of relations.partsEver(slot.key.place)) reach(slot.key, part)
  return reached
}

/** Reads one key after another into the same few arrays, one item per facet. */
class Reader {
  readonly said: Uint8Array
  readonly settled: Int32Array
  readonly certain: Uint8Array
  /** Rows; -1 where nothing is settled. */
  readonly carrier: Int32Array
  readonly supported: Float64Array
  readonly #sight
  readonly #counts: readonly ((row: number) => boolean)[]
  readonly #near: number[] = []
  readonly #sweeps = new Map<string, readonly Swept[] | null>()

  constructor(
    readonly ledger: Ledger,
    readonly store: Store,
    readonly relations: Relations,
    readonly cut: Cut,
    readonly t: Instant,
  ) {
    const facets = store.values.facets.length
    this.said = new Uint8Array(facets)
    this.settled = new Int32Array(facets)
    this.certain = new Uint8Array(facets)
    this.carrier = new Int32Array(facets)
    this.supported = new Float64Array(facets)
    const sight = ledger.sight(store, cut)
    this.#sight = sight
    const { value } = store.columns
    const { table } = store.values
    this.#counts = store.values.facets.map(
      (_, facet) => (row: number) =>
        table[value[row]! * facets + facet] !== UNSET && sight.sees(row),
    )
  }

  /** Whether anything is said under the slot's key. */
  readSlot(slot: Slot): boolean {
    if (slot.key.place === undefined || slot.key.account === undefined) return false
    const { store } = this
    let sweeps: readonly Swept[] | undefined
    const keyRows: KeyRows = {
      rows: store.rows(slot, 'own'),
      sight: this.#sight,
      derived: NONE_DERIVED,
      stretched: slot.stretched,
      sweeps: EMPTY,
    }
    let any = false
    for (let facet = 0; facet < this.said.length; facet++) {
      const says = ((slot.facets >>> (facet & 31)) & 1) === 1
      if (says) {
        sweeps ??= this.#sweepsOf(slot.key)
        this.#readFacet(sweeps.length === 0 ? keyRows : { ...keyRows, sweeps }, facet)
        if (this.said[facet] === 1) any = true
      } else this.said[facet] = 0
    }
    return any
  }

  /** The same of a key that wholes may reach. */
  readKey(key: Key): boolean {
    if (key.place === undefined || key.account === undefined) return false
    const keyRows = rowsOf(this.ledger, this.store, key, this.cut, this.relations)
    let any = false
    for (let facet = 0; facet < this.said.length; facet++) {
      this.#readFacet(keyRows, facet)
      if (this.said[facet] === 1) any = true
    }
    return any
  }

  #readFacet(keyRows: KeyRows, facet: number): void {
    const { store, t } = this
    const c = store.columns
    const near = this.#near
    const begun = narrow(c, keyRows.rows, this.#counts[facet]!, t, near)
    this.said[facet] = 0
    if (near.length === 0) return
    const first = near[0]!
    const word = store.word(first, facet)
    const endless = c.endFrom[first] === Number.POSITIVE_INFINITY
    const next = near.length === 2 ? near[1]! : -1
    if (begun !== 1 || !endless || near.length > 2 || (next !== -1 && c.earliest[next]! <= t)) {
      this.#weigh(keyRows, facet)
      return
    }
    const other = next === -1 ? NO_WORD : store.word(next, facet)
    // The next word, where it was seen rather than changed, may have been so already.
    const reaches =
      other !== NO_WORD &&
      (c.flags[next]! & OBSERVATION) !== 0 &&
      !sweptBetween(keyRows.sweeps, t, c.earliest[next]!)
    this.#set(keyRows, facet, {
      row: first,
      word,
      certain: !reaches || other === word,
      said: word !== NO_WORD || reaches,
    })
  }

  /** What all worlds together say of the rows near the instant. */
  #weigh(keyRows: KeyRows, facet: number): void {
    const { store, t } = this
    const near = this.#near
    const says = (row: number) => store.word(row, facet) !== NO_WORD
    const worlds = worldsAt(store.columns, near, says, keyRows.sweeps, t)
    const wordAt = (i: number) => store.word(near[i]!, facet)
    const word = worlds.carrier === -1 || worlds.lapsed ? NO_WORD : wordAt(worlds.carrier)
    const possible = new Set(worlds.said.map(wordAt))
    this.#set(keyRows, facet, {
      row: word === NO_WORD ? -1 : near[worlds.carrier]!,
      word,
      certain: possible.size + (worlds.unsaid ? 1 : 0) === 1,
      said: word !== NO_WORD || possible.size > 0,
    })
  }

  #set(
    keyRows: KeyRows,
    facet: number,
    cell: { row: number; word: number; certain: boolean; said: boolean },
  ): void {
    if (!cell.said) return
    const carrier = cell.word === NO_WORD ? -1 : cell.row
    this.said[facet] = 1
    this.settled[facet] = cell.word
    this.certain[facet] = cell.certain ? 1 : 0
    this.carrier[facet] = carrier
    this.supported[facet] =
      carrier === -1 ? Number.NaN : supportedAt(this.store, keyRows, carrier, facet, this.t)
  }

  /** Sweeps of an account; asked once for all its places where its source speaks of all. */
  #sweepsOf(key: Key): readonly Swept[] {
    const account = key.account!
    const known = this.#sweeps.get(account)
    if (known === null) return sweepsOf(this.ledger, key, this.cut, this.relations)
    if (known !== undefined) return known
    const sweeps = this.#sweepsEverywhere(account)
    this.#sweeps.set(account, sweeps)
    return this.#sweepsOf(key)
  }

  /** `null` where they must be asked for each place. */
  #sweepsEverywhere(account: string): readonly Swept[] | null {
    const { ledger, relations, cut } = this
    const store = ledger.store(SWEEPS)
    const rows = store?.list(store.slot({ account }), 'own') ?? EMPTY
    const everywhere = rows.every((row) => {
      const origin = ledger.chain(store!.columns.chain[row]!).at(-1)?.source
      return origin !== undefined && relations.coversAll(origin, cut)
    })
    return everywhere ? sweepsOf(ledger, { account }, cut, relations) : null
  }
}

const NONE_DERIVED: ReadonlySet<number> = new Set()
const EMPTY: readonly never[] = []

class Builder {
  readonly #store: Store
  readonly #place: Int32Array
  readonly #account: Int32Array
  readonly #columns: (FacetColumn | null)[]
  readonly #places: string[] = []
  readonly #accounts = new Map<string, number>()
  #size = 0

  constructor(store: Store, capacity: number) {
    this.#store = store
    this.#place = new Int32Array(capacity)
    this.#account = new Int32Array(capacity)
    this.#columns = store.values.facets.map(() => null)
  }

  add(key: Key, { said, settled, certain, carrier, supported }: Reader): void {
    const at = this.#size++
    if (this.#places[this.#places.length - 1] !== key.place) this.#places.push(key.place!)
    this.#place[at] = this.#places.length - 1
    this.#account[at] = this.#accountNumber(key.account!)
    const { report, flags } = this.#store.columns
    for (let facet = 0; facet < said.length; facet++) {
      if (said[facet] === 0) continue
      const column = this.#columns[facet] ?? this.#columnOf(facet)
      column.settled[at] = settled[facet]!
      column.certain[at] = certain[facet]!
      const row = carrier[facet]!
      if (row === -1) continue
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

  #accountNumber(account: string): number {
    const known = this.#accounts.get(account)
    if (known !== undefined) return known
    this.#accounts.set(account, this.#accounts.size)
    return this.#accounts.size - 1
  }

  #columnOf(facet: number): FacetColumn {
    const { length } = this.#place
    const column: FacetColumn = {
      settled: new Int32Array(length),
      // A row that says nothing of the facet is certain to say nothing.
      certain: new Uint8Array(length).fill(1),
      carrier: new Int32Array(length),
      supportedAt: new Float64Array(length).fill(Number.NaN),
      byDefault: new Uint8Array(length),
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
