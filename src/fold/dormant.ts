/**
 * Slots as a snapshot keeps them, in columns: made into objects one by one when they are looked
 * for, so that whoever asks for one place does not pay for thirty thousand.
 */
import type { Key } from './projection.js'
import { Slot } from './slot.js'

export const STRETCHED = 1
export const OBSERVED = 2
export const BRANCHING = 4

/** Keys are names and texts: `shapes` numbers each slot's names, `parts` the texts in their order. */
export interface SavedSlots {
  readonly names: readonly (readonly string[])[]
  readonly texts: readonly string[]
  readonly shapes: Int32Array
  readonly parts: Int32Array
  readonly middles: Int32Array
  readonly ends: Int32Array
  readonly widths: Float64Array
  /** `STRETCHED`, `OBSERVED` and `BRANCHING` of each, as bits. */
  readonly marks: Uint8Array
  readonly facets: Int32Array
}

export class Dormant {
  readonly #saved: SavedSlots
  readonly #offsets: Int32Array
  readonly #made: (Slot | undefined)[]

  constructor(saved: SavedSlots) {
    const { names, shapes } = saved
    this.#saved = saved
    this.#made = new Array<Slot | undefined>(shapes.length)
    this.#offsets = new Int32Array(shapes.length)
    let offset = 0
    for (let i = 0; i < shapes.length; i++) {
      this.#offsets[i] = offset
      offset += names[shapes[i]!]!.length
    }
  }

  /** The columns, for who walks through all of them. */
  get columns(): SavedSlots {
    return this.#saved
  }

  /** Where each slot's parts begin among `parts`. */
  get offsets(): Int32Array {
    return this.#offsets
  }

  get size(): number {
    return this.#made.length
  }

  /** Some row reaches from its key to parts. */
  get reaches(): boolean {
    const { middles, ends } = this.#saved
    return ends.some((end, i) => end > middles[i]!)
  }

  slot(i: number): Slot {
    const known = this.#made[i]
    if (known !== undefined) return known
    const { ends, middles, widths, marks, facets } = this.#saved
    const slot = new Slot(this.#key(i))
    slot.lay(i === 0 ? 0 : ends[i - 1]!, middles[i]!, ends[i]!)
    slot.width = widths[i]!
    slot.stretched = (marks[i]! & STRETCHED) !== 0
    slot.observed = (marks[i]! & OBSERVED) !== 0
    slot.branching = (marks[i]! & BRANCHING) !== 0
    slot.facets = facets[i]!
    this.#made[i] = slot
    return slot
  }

  /** Slots whose key has `name: value`; looks through all keys. */
  find(name: string, value: string): Slot[] {
    const { names, texts, shapes, parts } = this.#saved
    const wanted = texts.indexOf(value)
    if (wanted === -1) return []
    const places = names.map((shape) => shape.indexOf(name))
    const found: Slot[] = []
    for (let i = 0; i < shapes.length; i++) {
      const place = places[shapes[i]!]!
      if (place !== -1 && parts[this.#offsets[i]! + place] === wanted) found.push(this.slot(i))
    }
    return found
  }

  /** The slot whose base rows hold a row. */
  holding(row: number): Slot {
    const { ends } = this.#saved
    let low = 0
    let high = ends.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ends[middle]! <= row) low = middle + 1
      else high = middle
    }
    return this.slot(low)
  }

  #key(i: number): Key {
    const { names, texts, shapes, parts } = this.#saved
    const key: Record<string, string> = {}
    let part = this.#offsets[i]!
    for (const name of names[shapes[i]!]!) key[name] = texts[parts[part++]!]!
    return key
  }
}

/** Slots in columns. */
export function saveSlots(slots: readonly Slot[]): SavedSlots {
  const names = new Numbering<readonly string[]>((shape) => shape.join('\u0000'))
  const texts = new Numbering<string>((text) => text)
  const parts: number[] = []
  const shapes = Int32Array.from(slots, ({ key }) => {
    for (const name in key) parts.push(texts.number(key[name]!))
    return names.number(Object.keys(key))
  })
  return {
    names: names.items,
    texts: texts.items,
    shapes,
    parts: Int32Array.from(parts),
    middles: Int32Array.from(slots, (slot) => slot.middle),
    ends: Int32Array.from(slots, (slot) => slot.end),
    widths: Float64Array.from(slots, (slot) => slot.width),
    marks: Uint8Array.from(
      slots,
      (slot) =>
        (slot.stretched ? STRETCHED : 0) |
        (slot.observed ? OBSERVED : 0) |
        (slot.branching ? BRANCHING : 0),
    ),
    facets: Int32Array.from(slots, (slot) => slot.facets),
  }
}

class Numbering<T> {
  readonly items: T[] = []
  readonly #numbers = new Map<string, number>()
  readonly #text: (item: T) => string

  constructor(text: (item: T) => string) {
    this.#text = text
  }

  number(item: T): number {
    const text = this.#text(item)
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.items.length)
    return this.items.push(item) - 1
  }
}
