/**
 * Turns: the rows of a store in the order of the instants and positions at which an answer under
 * their keys may turn, so that what lies between two readings is found without asking what does
 * not. Made when it is first asked for, of the base alone; rows that came since are looked through.
 *
 *   instants      the bounds of start and end, and as far as a claim told as a stretch supports itself
 *   publications  when a source said it
 *   positions     which showed the row; those which hide it are told by the second thoughts
 */
import type { Columns } from './columns.js'
import type { Slot } from './slot.js'
import type { Store } from './store.js'

/** From where to where, both included. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

const made = new WeakMap<Columns, Turns>()

/** The turns of a store's rows as they are laid out now. */
export function turnsOf(store: Store): Turns {
  const known = made.get(store.columns)
  if (known !== undefined) return known
  const turns = new Turns(store)
  made.set(store.columns, turns)
  return turns
}

export class Turns {
  readonly #columns: Columns
  /** Rows before this one are of the base. */
  readonly #base: number
  readonly #holding: (row: number) => Slot
  readonly #orders = new Map<string, Order>()
  #stretched: Int32Array | null = null

  constructor(store: Store) {
    this.#columns = store.columns
    this.#base = store.columns.size - store.late
    this.#holding = holdingOf(store)
  }

  /** Rows of which a bound lies in the stretch, or which support their claim through a part of it. */
  bounded(within: Stretch): Set<number> {
    const c = this.#columns
    const all = this.#everyRow
    const never = Number.POSITIVE_INFINITY
    const ends = (row: number) => c.endFrom[row]! < never || c.endTo[row]! < never
    const ended = () => rowsWhere(this.#base, ends)
    const rows = new Set<number>()
    this.#orderOf('earliest', all, (row) => c.earliest[row]!).tell(within, rows)
    this.#orderOf('latest', all, (row) => c.latest[row]! - 1).tell(within, rows)
    this.#orderOf('endFrom', ended, (row) => c.endFrom[row]!).tell(within, rows)
    this.#orderOf('endTo', ended, (row) => c.endTo[row]! - 1).tell(within, rows)
    const supports = (row: number) => {
      const last = c.latest[row]! - 1
      return last < c.supportTo[row]! && last <= within.to && within.from <= c.supportTo[row]!
    }
    this.#stretched ??= rowsWhere(this.#base, (row) => c.supportTo[row]! > c.latest[row]! - 1)
    for (const row of this.#stretched) if (supports(row)) rows.add(row)
    const lies = (at: number) => within.from <= at && at <= within.to
    for (let row = this.#base; row < c.size; row++)
      if (
        lies(c.earliest[row]!) ||
        lies(c.latest[row]! - 1) ||
        lies(c.endFrom[row]!) ||
        lies(c.endTo[row]! - 1) ||
        supports(row)
      )
        rows.add(row)
    return rows
  }

  /** Rows published in the stretch. */
  published(within: Stretch): Set<number> {
    return this.#along('published', within)
  }

  /** Rows that a position in the stretch shows. */
  shown(within: Stretch): Set<number> {
    return this.#along('shown', within)
  }

  /** The slot that holds a row; `null` for one that came since the base was laid out. */
  slot(row: number): Slot | null {
    return row < this.#base ? this.#holding(row) : null
  }

  #along(column: 'published' | 'shown', within: Stretch): Set<number> {
    const c = this.#columns
    const rows = new Set<number>()
    this.#orderOf(column, this.#everyRow, (row) => c[column][row]!).tell(within, rows)
    for (let row = this.#base; row < c.size; row++)
      if (within.from <= c[column][row]! && c[column][row]! <= within.to) rows.add(row)
    return rows
  }

  readonly #everyRow = () => rowsWhere(this.#base, () => true)

  #orderOf(name: string, rows: () => Int32Array, at: (row: number) => number): Order {
    const known = this.#orders.get(name)
    if (known !== undefined) return known
    const order = new Order(rows(), at)
    this.#orders.set(name, order)
    return order
  }
}

/** Rows to a bucket, about. */
const BUCKET = 256
/** Rows of which the buckets' edges are read off. */
const SAMPLE = 16

/** Rows in buckets by a value, each with the least and the greatest of it: no order within one. */
class Order {
  readonly #rows: Int32Array
  readonly #at: (row: number) => number
  /** Where each bucket ends. */
  readonly #ends: Int32Array
  readonly #least: Float64Array
  readonly #most: Float64Array

  constructor(rows: Int32Array, at: (row: number) => number) {
    const edges = edgesOf(rows, at)
    const count = edges.length + 1
    const bucketOf = new Int32Array(rows.length)
    const sizes = new Int32Array(count)
    this.#least = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
    this.#most = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
    for (let i = 0; i < rows.length; i++) {
      const value = at(rows[i]!)
      const bucket = atMost(edges, value)
      bucketOf[i] = bucket
      sizes[bucket]!++
      if (value < this.#least[bucket]!) this.#least[bucket] = value
      if (value > this.#most[bucket]!) this.#most[bucket] = value
    }
    // Only the first can be empty, of values below the first edge.
    if (sizes[0] === 0) this.#least[0] = Number.NEGATIVE_INFINITY
    const ends = new Int32Array(count)
    const next = new Int32Array(count)
    for (let bucket = 0, end = 0; bucket < count; bucket++) {
      next[bucket] = end
      end += sizes[bucket]!
      ends[bucket] = end
    }
    const ordered = new Int32Array(rows.length)
    for (let i = 0; i < rows.length; i++) ordered[next[bucketOf[i]!]!++] = rows[i]!
    this.#rows = ordered
    this.#at = at
    this.#ends = ends
  }

  /** Adds the rows whose value lies in the stretch. */
  tell({ from, to }: Stretch, rows: Set<number>): void {
    let bucket = 0
    let high = this.#most.length
    while (bucket < high) {
      const middle = (bucket + high) >>> 1
      if (this.#most[middle]! < from) bucket = middle + 1
      else high = middle
    }
    for (; bucket < this.#ends.length; bucket++) {
      if (this.#least[bucket]! > to) return
      const start = bucket === 0 ? 0 : this.#ends[bucket - 1]!
      for (let i = start; i < this.#ends[bucket]!; i++) {
        const value = this.#at(this.#rows[i]!)
        if (from <= value && value <= to) rows.add(this.#rows[i]!)
      }
    }
  }
}

/** Values that part rows into buckets of about one size, ascending, each once. */
function edgesOf(rows: Int32Array, at: (row: number) => number): Float64Array {
  const buckets = Math.ceil(rows.length / BUCKET)
  const wanted = Math.min(rows.length, buckets * SAMPLE)
  const step = rows.length / Math.max(1, wanted)
  const sample = Float64Array.from({ length: wanted }, (_, i) => at(rows[Math.floor(i * step)]!))
  sample.sort()
  const edges = new Set<number>()
  for (let i = SAMPLE; i < sample.length; i += SAMPLE) edges.add(sample[i]!)
  return Float64Array.from(edges)
}

/** How many of the edges are at most a value. */
function atMost(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (edges[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

function rowsWhere(size: number, is: (row: number) => boolean): Int32Array {
  let count = 0
  for (let row = 0; row < size; row++) if (is(row)) count++
  const rows = new Int32Array(count)
  for (let row = 0, at = 0; row < size; row++) if (is(row)) rows[at++] = row
  return rows
}

/** Finds the slot of a row of the base, as it lies now and until rows are laid out anew. */
function holdingOf(store: Store): (row: number) => Slot {
  const { layout } = store
  if (layout !== null) return (row) => layout.holding(row)
  const slots = store.ordered().filter(({ start, end }) => end > start)
  const ends = Float64Array.from(slots, ({ end }) => end)
  return (row) => slots[atMost(ends, row)]!
}
