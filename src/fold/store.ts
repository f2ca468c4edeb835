/**
 * The rows of one projection, by key and in canonical order. Keys are found by any of their
 * components, so that a place leads to every account that speaks of it.
 */
import type { Report } from '../report/types.js'
import { compareUtf8 } from '../report/utf8.js'
import { BY_DESK, Columns, RETHOUGHT, type RowInput } from './columns.js'
import { type Cut, restricts } from './cut.js'
import { canonicalText, Intern } from './intern.js'
import { compareNumbers } from './order.js'
import { type Facets, type FacetValue, type Key, type Projection, UNSAID } from './projection.js'

/** Rows under one key: its own, and those that reach from it to the parts of its place. */
export interface Slot {
  readonly key: Key
  readonly text: string
  readonly own: number[]
  readonly reaching: number[]
}

/** What a row sets, beside what is said of the whole report. */
export interface Value {
  readonly facets: Readonly<Record<string, FacetValue | typeof UNSAID>>
  readonly basis: string | null
  readonly status: string | null
  readonly change: boolean
}

export interface Shelf {
  readonly ids: (report: number) => string
  readonly passesChain: (chain: number, cut: Cut) => boolean
}

export class Store {
  readonly columns = new Columns()
  readonly values = new Intern<Value>()
  readonly #slots = new Map<string, Slot>()
  readonly #byComponent = new Map<string, Slot[]>()

  constructor(
    readonly projection: Projection,
    readonly shelf: Shelf,
  ) {}

  slot(key: Key): Slot | undefined {
    return this.#slots.get(keyText(key))
  }

  slots(): Iterable<Slot> {
    return this.#slots.values()
  }

  /** Slots whose key has `name: value`, in the order they first appeared. */
  slotsWith(name: string, value: string): readonly Slot[] {
    return this.#byComponent.get(`${name}\u0000${value}`) ?? []
  }

  /** Adds a row to its slot, made where the key is new; answers the row's number. */
  add(key: Key, row: RowInput, where: 'own' | 'reaching'): number {
    const slot = this.#slotFor(key)
    const number = this.columns.add(row)
    insertSorted(slot[where], number, (a, b) => this.compare(a, b))
    return number
  }

  /**
   * The canonical order of reports: latest bound of the start, then earliest, then published, then
   * id by its UTF-8 bytes; never arrival (law 1). Forms of one report are never seen together.
   */
  compare(a: number, b: number): number {
    const c = this.columns
    return (
      compareNumbers(c.latest[a]!, c.latest[b]!) ||
      compareNumbers(c.earliest[a]!, c.earliest[b]!) ||
      compareNumbers(c.published[a]!, c.published[b]!) ||
      (c.report[a] === c.report[b]
        ? a - b
        : compareUtf8(this.shelf.ids(c.report[a]!), this.shelf.ids(c.report[b]!)))
    )
  }

  /** Whether a row is seen at a cut; `reshown` are the rows that the cut itself brought back. */
  visible(row: number, cut: Cut, reshown: ReadonlySet<number>): boolean {
    const c = this.columns
    const flags = c.flags[row]!
    const special = restricts(cut)
    if (special && (flags & RETHOUGHT) !== 0) {
      if (!reshown.has(row)) return false
    } else if (c.shown[row]! > cut.known || cut.known >= c.hidden[row]!) return false
    if (!special || (flags & BY_DESK) !== 0) return true
    return c.published[row]! <= cut.published && this.shelf.passesChain(c.chain[row]!, cut)
  }

  internValue(value: Value): number {
    const facets = Object.fromEntries(
      Object.entries(value.facets).map(([facet, v]) => [
        facet,
        v === UNSAID ? { unsaid: true } : [v],
      ]),
    )
    const text = canonicalText({ ...value, facets })
    return this.values.number(text, () => value)
  }

  #slotFor(key: Key): Slot {
    const text = keyText(key)
    const known = this.#slots.get(text)
    if (known !== undefined) return known
    const slot: Slot = { key, text, own: [], reaching: [] }
    this.#slots.set(text, slot)
    for (const [name, value] of Object.entries(key)) {
      const component = `${name}\u0000${value}`
      const others = this.#byComponent.get(component)
      if (others === undefined) this.#byComponent.set(component, [slot])
      else others.push(slot)
    }
    return slot
  }
}

export function keyText(key: Key): string {
  return canonicalText(key)
}

/** The facets a row sets, without those left undefined. */
export function statedFacets(facets: Facets<string>): Record<string, FacetValue | typeof UNSAID> {
  return Object.fromEntries(
    Object.entries(facets).filter(
      (entry): entry is [string, FacetValue | typeof UNSAID] => entry[1] !== undefined,
    ),
  )
}

/** What of a claim's own words is kept beside the values it sets. */
export function rowValue(
  report: Pick<Report, 'claim'>,
  facets: Record<string, FacetValue | typeof UNSAID>,
): Value {
  const { basis, status, mode } = report.claim
  return {
    facets,
    basis: typeof basis === 'string' ? basis : null,
    status: typeof status === 'string' ? status : null,
    change: mode === 'change',
  }
}

function insertSorted(
  list: number[],
  item: number,
  compare: (a: number, b: number) => number,
): void {
  let low = 0
  let high = list.length
  // Most reports come in order: look at the end first.
  if (high > 0 && compare(list[high - 1]!, item) < 0) low = high
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(list[middle]!, item) < 0) low = middle + 1
    else high = middle
  }
  list.splice(low, 0, item)
}
