/**
 * The rows of one projection, by key and in canonical order. Keys are found by any of their
 * components, so that a place leads to every account that speaks of it.
 *
 *   base      rows laid out by key (place first, then account) and canonical order: contiguous, so
 *             that the whole map is one walk through memory
 *   the rest  rows that came since, behind the base in the order they came, listed by their slots;
 *             `settle` lays out a new base of all
 */
import type { Report } from '../report/types.js'
import { compareUtf8 } from '../report/utf8.js'
import { Columns, OBSERVATION, type RowInput } from './columns.js'
import type { Cut } from './cut.js'
import { Dormant, saveSlots } from './dormant.js'
import { Meanings } from './meanings.js'
import type { Rows } from './narrow.js'
import { compareNumbers } from './order.js'
import {
  type FacetSet,
  type Facets,
  type FacetValue,
  type Key,
  type Projection,
  UNSAID,
} from './projection.js'
import { keyText, Slot, type Where } from './slot.js'
import { NO_WORD, UNSET, type Value, Values } from './values.js'

/** What a store asks of the ledger it is part of. */
export interface Shelf {
  readonly ids: (report: number) => string
  readonly passesChain: (chain: number, cut: Cut) => boolean
}

/** Rows of a report, by the form that they stand for. */
export type Forms = Map<string, readonly number[]>

/** Rows beyond the base that are laid out with it at the latest when they are this share of it. */
const SHARE = 4
const FEWEST = 4096
/** Slots that are looked through one by one. */
const FEW = 8
const NO_SLOTS: readonly Slot[] = []
/** Slots looked for among those of a snapshot before all of them are made. */
const OFTEN = 64

export class Store {
  columns = new Columns()
  readonly values: Values
  readonly meanings: Meanings
  /** Reports with second thoughts, by position: their rows in each form they ever took. */
  readonly forms = new Map<number, Forms>()
  /** In the order they first appeared, once they are awake. */
  #slots: Slot[] = []
  /** Slots of a snapshot that nobody asked for all of. */
  #dormant: Dormant | null = null
  #asked = 0
  /** The slots of the base in columns, as long as no row came since. */
  #layout: Dormant | null = null
  /** By each component of their keys, made for a name when it is first asked for. */
  readonly #index = new Map<string, Map<string, Slot[]>>()
  /** By the whole key, made when components leave too many. */
  #byText: Map<string, Slot> | null = null
  #reaching = 0
  #base = 0
  /** In the order of the base, with those made since beside them. */
  #ordered: Slot[] = []
  #fresh: Slot[] = []

  constructor(
    readonly projection: Projection,
    readonly shelf: Shelf,
  ) {
    this.values = new Values(projection.type === 'register' ? projection.facets : [])
    this.meanings = new Meanings(projection, this.values)
  }

  slot(key: Key): Slot | undefined {
    let fewest: readonly Slot[] | null = null
    for (const name in key) {
      const slots = this.slotsWith(name, key[name]!)
      if (slots.length === 0) return undefined
      if (fewest === null || slots.length < fewest.length) fewest = slots
      if (fewest.length <= FEW) break
    }
    if (fewest !== null && fewest.length <= FEW)
      return fewest.find((slot) => sameKey(slot.key, key))
    this.#wake()
    this.#byText ??= new Map(this.#slots.map((slot) => [slot.text, slot]))
    return this.#byText.get(keyText(key))
  }

  slots(): readonly Slot[] {
    this.#wake()
    return this.#slots
  }

  /** Slots in the order of their keys: by place, then account (UTF-8 bytes). */
  ordered(): readonly Slot[] {
    this.#wake()
    if (this.#fresh.length > 0) {
      this.#ordered = mergeSlots(this.#ordered, this.#fresh.sort(compareKeys))
      this.#fresh = []
    }
    return this.#ordered
  }

  /** Slots whose key has `name: value`, in the order they first appeared. */
  slotsWith(name: string, value: string): readonly Slot[] {
    if (this.#dormant !== null && this.#asked < OFTEN) {
      this.#asked++
      const since = this.#slots.filter((slot) => slot.key[name] === value)
      return [...this.#dormant.find(name, value), ...since]
    }
    return this.#indexOf(name).get(value) ?? NO_SLOTS
  }

  /** Slots of one place, in the order of their accounts. */
  slotsOfPlace(place: string): readonly Slot[] {
    const slots = this.slotsWith('place', place)
    for (let i = 1; i < slots.length; i++)
      if (compareKeys(slots[i - 1]!, slots[i]!) > 0) return [...slots].sort(compareKeys)
    return slots
  }

  /** Whether any row ever reached from its key to parts. */
  get reaches(): boolean {
    return this.#reaching > 0
  }

  rows(slot: Slot, where: Where): Rows {
    return slot.rows(where, this.#compare)
  }

  /** The same told to `into`. */
  tellRows(slot: Slot, into: Parameters<Slot['tell']>[2]): void {
    slot.tell('own', this.#compare, into)
  }

  list(slot: Slot | undefined, where: Where): readonly number[] {
    return slot === undefined ? [] : slot.list(where, this.#compare)
  }

  /** Adds a row to its slot, made where the key is new; answers the row's number, good until `settle`. */
  add(key: Key, row: RowInput, where: Where): number {
    const slot = this.#slotFor(key)
    const number = this.columns.add(row)
    slot.add(where, number, this.#compare)
    const { earliest, latest, supportTo } = row.bounds
    if (latest > earliest && latest - earliest > slot.width) slot.width = latest - earliest
    if (supportTo > latest - 1) slot.stretched = true
    if ((row.flags & OBSERVATION) !== 0) slot.observed = true
    slot.facets |= this.values.mask(row.value)
    if (!slot.branching && this.meanings.branches(row.value)) slot.branching = true
    if (where === 'reaching') this.#reaching++
    return number
  }

  /**
   * The canonical order of reports: latest bound of the start, then earliest, then published, then
   * id by its UTF-8 bytes; never arrival (law 1). Forms of one report are never seen together.
   */
  compare(a: number, b: number): number {
    return this.#compare(a, b)
  }

  readonly #compare = (a: number, b: number): number => {
    const c = this.columns
    return (
      compareNumbers(c.latest[a]!, c.latest[b]!) ||
      compareNumbers(c.earliest[a]!, c.earliest[b]!) ||
      compareNumbers(c.published[a]!, c.published[b]!) ||
      (c.report[a] === c.report[b]
        ? compareNumbers(c.shown[a]!, c.shown[b]!) || a - b
        : compareUtf8(this.shelf.ids(c.report[a]!), this.shelf.ids(c.report[b]!)))
    )
  }

  /** Whether enough came since the base was laid out that the next one is worth its cost. */
  get unsettled(): boolean {
    return (this.columns.size - this.#base) * SHARE > this.#base + FEWEST * SHARE
  }

  /** Rows that are not in the base. */
  get late(): number {
    return this.columns.size - this.#base
  }

  /** The slots in columns, in the order of the base; `null` where rows came since. */
  get layout(): Dormant | null {
    if (this.late > 0) return null
    this.#layout ??= new Dormant(saveSlots(this.ordered()))
    return this.#layout
  }

  /** Lays out a base of all rows. Numbers of rows change; whoever keeps any asks for them again. */
  settle(): void {
    if (this.late === 0) return
    const order = new Int32Array(this.columns.size)
    let at = 0
    for (const slot of this.ordered()) {
      const start = at
      for (const row of slot.list('own', this.#compare)) order[at++] = row
      const middle = at
      for (const row of slot.list('reaching', this.#compare)) order[at++] = row
      slot.lay(start, middle, at)
    }
    this.columns = this.columns.gathered(order)
    this.#base = order.length
    this.#layout = null
    if (this.forms.size > 0) this.#renumber(order)
  }

  /**
   * The word that a row gives to a facet: its number, `NO_WORD` for unsaid, `UNSET` where it sets
   * none, and below that where it denies (meanings.ts).
   */
  word(row: number, facet: number): number {
    const { values } = this
    return values.table[this.columns.value[row]! * values.facets.length + facet]!
  }

  /** What a row sets a facet to; a denial is not told from what is not set. */
  facet(row: number, facet: string): FacetValue | typeof UNSAID | undefined {
    const word = this.word(row, this.values.facets.indexOf(facet))
    return word <= UNSET ? undefined : word === NO_WORD ? UNSAID : this.values.word(word)!
  }

  /** Takes rows and slots as they were saved, before any is added. */
  restore(columns: Columns, slots: Dormant): void {
    this.columns = columns
    this.#base = columns.size
    this.#dormant = slots
    this.#layout = slots
    this.#reaching = slots.reaches ? 1 : 0
  }

  /** Every row that sets a facet, whatever any cut sees, with its key. */
  *setting(facet: string): Iterable<{ readonly key: Key; readonly row: number }> {
    const at = this.values.facets.indexOf(facet)
    if (!this.values.sets(at)) return
    const dormant = this.#dormant
    if (dormant !== null)
      for (let row = 0; row < this.#base; row++)
        if (this.word(row, at) !== UNSET) yield { key: dormant.holding(row).key, row }
    for (const slot of this.#slots)
      for (const where of ['own', 'reaching'] as const)
        for (const row of slot.list(where, this.#compare))
          if (this.word(row, at) !== UNSET) yield { key: slot.key, row }
  }

  #slotFor(key: Key): Slot {
    const known = this.slot(key)
    if (known !== undefined) return known
    const slot = new Slot(key)
    this.#enter(slot)
    this.#fresh.push(slot)
    return slot
  }

  #enter(slot: Slot): void {
    this.#slots.push(slot)
    this.#byText?.set(slot.text, slot)
    for (const [name, index] of this.#index) indexSlot(index, name, slot)
  }

  /** Makes all slots of a snapshot, in the order of the base, before those that came since. */
  #wake(): void {
    const dormant = this.#dormant
    if (dormant === null) return
    this.#dormant = null
    this.#ordered = Array.from({ length: dormant.size }, (_, i) => dormant.slot(i))
    this.#slots = [...this.#ordered, ...this.#slots]
  }

  #indexOf(name: string): Map<string, Slot[]> {
    this.#wake()
    const known = this.#index.get(name)
    if (known !== undefined) return known
    const index = new Map<string, Slot[]>()
    for (const slot of this.#slots) indexSlot(index, name, slot)
    this.#index.set(name, index)
    return index
  }

  #renumber(order: Int32Array): void {
    const now = new Int32Array(order.length)
    for (let i = 0; i < order.length; i++) now[order[i]!] = i
    for (const forms of this.forms.values())
      for (const [text, rows] of forms)
        forms.set(
          text,
          rows.map((row) => now[row]!),
        )
  }
}

function indexSlot(index: Map<string, Slot[]>, name: string, slot: Slot): void {
  const value = slot.key[name]
  if (value === undefined) return
  const others = index.get(value)
  if (others === undefined) index.set(value, [slot])
  else others.push(slot)
}

function sameKey(a: Key, b: Key): boolean {
  let names = 0
  for (const name in a) {
    if (a[name] !== b[name]) return false
    names++
  }
  for (const _ in b) names--
  return names === 0
}

/** By place, then by account, then by the whole key. */
export function compareKeys(a: Keyed, b: Keyed): number {
  return (
    compareUtf8(a.key.place ?? '', b.key.place ?? '') ||
    compareUtf8(a.key.account ?? '', b.key.account ?? '') ||
    compareUtf8(a.text, b.text)
  )
}

/** A key and its canonical text. */
export type Keyed = Pick<Slot, 'key' | 'text'>

function mergeSlots(a: readonly Slot[], b: readonly Slot[]): Slot[] {
  const merged: Slot[] = []
  let i = 0
  for (const slot of b) {
    while (i < a.length && compareKeys(a[i]!, slot) < 0) merged.push(a[i++]!)
    merged.push(slot)
  }
  while (i < a.length) merged.push(a[i++]!)
  return merged
}

/** The facets a row sets, without those left undefined. */
export function statedFacets(facets: Facets<string>): Record<string, FacetSet> {
  const stated: Record<string, FacetSet> = {}
  for (const facet in facets) {
    const value = facets[facet]
    if (value !== undefined) stated[facet] = value
  }
  return stated
}

/** What of a claim's own words is kept beside the values it sets. */
export function rowValue(report: Pick<Report, 'claim'>, facets: Record<string, FacetSet>): Value {
  const { basis, status, mode } = report.claim
  return {
    facets,
    basis: typeof basis === 'string' ? basis : null,
    status: typeof status === 'string' ? status : null,
    change: mode === 'change',
  }
}
