/**
 * Cells: what is settled of each facet under a key, whether that is certain, and what carries it, read
 * key after key without an object for any. A key whose answer hangs on one row, or on that and an
 * observation after it, is answered at once; others are weighed as `worldsAt` does.
 */
import { compareUtf8 } from '../report/utf8.js'
import type { Instant } from '../time/instant.js'
import { comeTo } from './branching.js'
import { BY_DEFAULT, OBSERVATION } from './columns.js'
import type { Cut } from './cut.js'
import type { Ledger } from './ledger.js'
import { isDenial } from './meanings.js'
import { Near, NO_ROWS, narrow, type Rows } from './narrow.js'
import { Nearest, NONE } from './nearest.js'
import type { FacetValue, Key } from './projection.js'
import { type KeyRows, type Relations, rowsOf, SWEEPS, supportedAt, sweepsOf } from './register.js'
import type { Sight } from './sight.js'
import type { Slot } from './slot.js'
import type { Store } from './store.js'
import { NO_WORD, UNSET } from './values.js'
import { type Swept, sweptBetween } from './worlds.js'

/** An instant as a cut sees it. */
export interface CutAt {
  readonly cut: Cut
  readonly t: Instant
}

/** What is settled in one account; facets of which something is only possible are left out. */
export interface Settled {
  readonly account: string
  readonly facets: Readonly<Record<string, FacetValue>>
}

/** What is settled of a place, by account in the order of their names and by facet. */
export function settledOf(
  ledger: Ledger,
  store: Store,
  relations: Relations,
  { cut, t, place }: CutAt & { readonly place: string },
): Settled[] {
  ledger.bringForth(cut)
  const reader = readerOf(ledger, store, relations, { cut, t })
  const settled: Settled[] = []
  const add = ({ account }: Key) => settled.push({ account: account!, facets: reader.facets() })
  const wholes = store.reaches ? relations.wholes(place, cut) : []
  if (wholes.length === 0) {
    for (const slot of store.slotsOfPlace(place)) if (reader.readSlot(slot)) add(slot.key)
    return settled
  }
  const accounts = new Set<string>()
  for (const one of [place, ...wholes])
    for (const { key } of store.slotsWith('place', one))
      if (key.account !== undefined) accounts.add(key.account)
  for (const account of [...accounts].sort(compareUtf8))
    if (reader.readKey({ place, account })) add({ place, account })
  return settled
}

/** Nothing, or more than one word, is possible beside what is settled. */
export const SEVERAL = -1

const NO_SWEEPS: readonly Swept[] = []
const NONE_DERIVED: ReadonlySet<number> = new Set()

interface KeyTold {
  readonly place: string
  readonly account: string
  /** A bit for each facet that some row sets. */
  readonly facets: number
  readonly stretched: boolean
  readonly branching: boolean
}

/** One reader for each store, aimed anew for each reading. */
const readers = new WeakMap<Store, CellReader>()

export function readerOf(
  ledger: Ledger,
  store: Store,
  relations: Relations,
  at: CutAt,
): CellReader {
  let reader = readers.get(store)
  if (reader === undefined) {
    reader = new CellReader(ledger, store, relations)
    readers.set(store, reader)
  }
  reader.aim(at)
  return reader
}

/** Reads one key after another into the same few arrays, one item per facet. */
export class CellReader {
  readonly said: Uint8Array
  readonly settled: Int32Array
  readonly certain: Uint8Array
  /** Rows; -1 where nothing is settled. */
  readonly carrier: Int32Array
  /** NaN where it is that of the carrier alone. */
  readonly supported: Float64Array
  /** The one word possible beside what is settled, `NO_WORD` where it is said by default; else `SEVERAL`. */
  readonly other: Int32Array
  readonly #ledger: Ledger
  readonly #store: Store
  readonly #relations: Relations
  readonly #near = new Near()
  readonly #nearest: Nearest
  readonly #sweeps = new Map<string, readonly Swept[] | null>()
  /** No account ever swept. */
  #unswept = false
  #cut!: Cut
  #t!: Instant
  readonly #slotRows = { ...NO_ROWS }
  /** Of the key that is read. */
  readonly #keyRows = {
    rows: NO_ROWS,
    sight: undefined as unknown as Sight,
    derived: NONE_DERIVED,
    stretched: false,
    branching: false,
    sweeps: NO_SWEEPS,
  }
  #facet = 0
  /** What is settled of it. */
  readonly #asked = { facet: 0, come: { settled: NO_WORD, denial: false } }

  constructor(ledger: Ledger, store: Store, relations: Relations) {
    this.#ledger = ledger
    this.#store = store
    this.#relations = relations
    this.#nearest = new Nearest(store)
    const { length } = store.values.facets
    this.said = new Uint8Array(length)
    this.settled = new Int32Array(length)
    this.certain = new Uint8Array(length)
    this.carrier = new Int32Array(length)
    this.supported = new Float64Array(length)
    this.other = new Int32Array(length)
  }

  /** What it is aimed at. */
  get instant(): Instant {
    return this.#t
  }

  aim({ cut, t }: CutAt): void {
    this.#cut = cut
    this.#t = t
    this.#keyRows.sight = this.#ledger.sight(this.#store, cut)
    this.#nearest.aim(this.#store, this.#keyRows.sight, t)
    this.#sweeps.clear()
    this.#unswept = (this.#ledger.store(SWEEPS)?.columns.size ?? 0) === 0
  }

  /** Whether anything is said under the slot's key. */
  readSlot(slot: Slot): boolean {
    const { place, account } = slot.key
    if (place === undefined || account === undefined) return false
    const { facets, stretched, branching } = slot
    this.#store.tellRows(slot, this.#slotRows)
    return this.readRows(this.#slotRows, { place, account, facets, stretched, branching })
  }

  /** The same of rows that lie together, whose facets and key are told. */
  readRows(rows: Rows, { place, account, facets, stretched, branching }: KeyTold): boolean {
    const keyRows = this.#keyRows
    keyRows.rows = rows
    keyRows.stretched = stretched
    keyRows.branching = branching
    keyRows.sweeps = this.#sweepsOf(place, account)
    let any = false
    for (let facet = 0; facet < this.said.length; facet++) {
      this.said[facet] = 0
      if (((facets >>> (facet & 31)) & 1) === 0) continue
      this.#readFacet(keyRows, facet)
      if (this.said[facet] === 1) any = true
    }
    return any
  }

  /** The same of a key that wholes may reach. */
  readKey(key: Key): boolean {
    if (key.place === undefined || key.account === undefined) return false
    const keyRows = rowsOf(this.#ledger, this.#store, key, this.#cut, this.#relations)
    let any = false
    for (let facet = 0; facet < this.said.length; facet++) {
      this.said[facet] = 0
      this.#readFacet(keyRows, facet)
      if (this.said[facet] === 1) any = true
    }
    return any
  }

  /** What is settled of the key that was read last. */
  facets(): Record<string, FacetValue> {
    const { values } = this.#store
    const facets: Record<string, FacetValue> = {}
    for (let facet = 0; facet < this.said.length; facet++)
      if (this.said[facet] === 1 && this.settled[facet] !== NO_WORD)
        facets[values.facets[facet]!] = values.word(this.settled[facet]!)!
    return facets
  }

  readonly #counts = (row: number): boolean =>
    this.#store.word(row, this.#facet) !== UNSET && this.#keyRows.sight.sees(row)

  readonly #says = (row: number): boolean => !isDenial(this.#store.word(row, this.#facet))

  #readFacet(keyRows: KeyRows, facet: number): void {
    this.#facet = facet
    const { rows, branching } = keyRows
    if (rows.list === null && !branching && this.#nearest.find(rows, facet)) {
      this.#take(keyRows, this.#nearest, facet)
      return
    }
    const near = this.#near
    narrow(this.#store.columns, rows, this.#counts, this.#t, near, branching ? this.#says : null)
    if (near.size > 0) this.#weigh(keyRows, facet)
  }

  /** Answers by the row that has begun, and by the next where that was seen and may have been so already. */
  #take(keyRows: KeyRows, { begun, next }: Nearest, facet: number): void {
    const store = this.#store
    const { earliest, flags } = store.columns
    const word = begun === NONE ? NO_WORD : store.word(begun, facet)
    const other = next === NONE ? NO_WORD : store.word(next, facet)
    const reaches =
      other !== NO_WORD &&
      (flags[next]! & OBSERVATION) !== 0 &&
      !sweptBetween(keyRows.sweeps, this.#t, earliest[next]!)
    if (word === NO_WORD && !reaches) return
    this.#settle(word, false)
    this.#set(keyRows, begun)
    this.certain[facet] = !reaches || other === word ? 1 : 0
    if (this.certain[facet] === 0)
      this.other[facet] = (flags[next]! & BY_DEFAULT) === 0 ? other : NO_WORD
  }

  /** What all worlds together say of the rows near the instant. */
  #weigh(keyRows: KeyRows, facet: number): void {
    const { branching, sweeps } = keyRows
    const come = comeTo(this.#store, this.#near, { facet, branching, sweeps }, this.#t)
    const possible = new Set(come.said.map(({ word }) => word))
    if (come.settled === NO_WORD && possible.size === 0) return
    this.#settle(come.settled, come.denial)
    this.#set(keyRows, come.carrier === -1 ? -1 : this.#near.rows[come.carrier]!)
    this.certain[facet] = possible.size + (come.unsaid ? 1 : 0) === 1 ? 1 : 0
  }

  #settle(word: number, denial: boolean): void {
    const { come } = this.#asked
    come.settled = word
    come.denial = denial
    this.#asked.facet = this.#facet
  }

  /** Takes what was settled, by a row; -1 where none has certainly begun. */
  #set(keyRows: KeyRows, row: number): void {
    const asked = this.#asked
    const { facet, come } = asked
    const nothing = come.settled === NO_WORD
    this.said[facet] = 1
    this.carrier[facet] = nothing ? -1 : row
    this.settled[facet] = come.settled
    this.other[facet] = SEVERAL
    const { stretched, branching, sweeps } = keyRows
    this.supported[facet] =
      nothing || !(stretched || branching || sweeps.length > 0)
        ? Number.NaN
        : supportedAt(this.#store, keyRows, row, asked, this.#t)
  }

  /** Sweeps of an account; asked once for all its places where its source speaks of all. */
  #sweepsOf(place: string, account: string): readonly Swept[] {
    if (this.#unswept) return NO_SWEEPS
    let known = this.#sweeps.get(account)
    if (known === undefined) {
      known = this.#sweepsEverywhere(account)
      this.#sweeps.set(account, known)
    }
    return known ?? sweepsOf(this.#ledger, { place, account }, this.#cut, this.#relations)
  }

  /** `null` where they must be asked for each place. */
  #sweepsEverywhere(account: string): readonly Swept[] | null {
    const ledger = this.#ledger
    const store = ledger.store(SWEEPS)
    const slot = store?.slot({ account })
    if (store === undefined || slot === undefined) return NO_SWEEPS
    const everywhere = store.list(slot, 'own').every((row) => {
      const origin = ledger.chain(store.columns.chain[row]!).at(-1)?.source
      return origin !== undefined && this.#relations.coversAll(origin, this.#cut)
    })
    return everywhere ? sweepsOf(ledger, { account }, this.#cut, this.#relations) : null
  }
}
