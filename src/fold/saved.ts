/**
 * The ledger as a snapshot keeps it: columns and tables of interned things as they lie in memory,
 * so that taking them over costs the reading of their bytes. All of it is disposable; the log is
 * the truth.
 *
 * What is saved hangs on the code that made it. `REVISION` stands for the engine's part: raise it
 * when rows are made or laid out in another way.
 */
import { COLUMNS, Columns } from './columns.js'
import type { Ledger } from './ledger.js'
import type { SavedLedger } from './lineage.js'
import type { SavedRoll } from './roll.js'
import { Slot } from './slot.js'
import type { Store } from './store.js'
import type { SavedValues } from './values.js'

export const REVISION = 1

/** Arrays by name; each starts a buffer of its own when it is read. */
export type Arrays = ReadonlyMap<string, ArrayBufferView>
export type SavedArrays = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

export function saveLedger(ledger: Ledger): Arrays {
  const { roll, ...rest } = ledger.save()
  const { stamps, batchOf, ...batches } = roll
  return new Map<string, ArrayBufferView>([
    ['stamps', stamps],
    ['batchOf', batchOf],
    ['rest', text({ ...rest, batches })],
  ])
}

export function restoreLedger(ledger: Ledger, arrays: SavedArrays): void {
  const { batches, ...rest } = json(arrays, 'rest') as Omit<SavedLedger, 'roll'> & {
    batches: Pick<SavedRoll, 'batches' | 'recorded'>
  }
  const stamps = new Float64Array(buffer(arrays, 'stamps'))
  const batchOf = new Int32Array(buffer(arrays, 'batchOf'))
  ledger.restore({ ...rest, roll: { ...batches, stamps, batchOf } })
}

/** Lays out the store's rows first. */
export function saveStore(ledger: Ledger, store: Store): Arrays {
  ledger.settle(store)
  const slots = store.ordered()
  const keys = new Keys(slots)
  const { words, values, table } = store.values.save()
  const forms = [...store.forms].map(([position, of]) => [position, [...of]] as const)
  return new Map<string, ArrayBufferView>([
    ...COLUMNS.map((name) => [name, store.columns.bytes(name)] as const),
    ['middles', Int32Array.from(slots, (slot) => slot.middle)],
    ['ends', Int32Array.from(slots, (slot) => slot.end)],
    ['widths', Float64Array.from(slots, (slot) => slot.width)],
    ['stretched', Uint8Array.from(slots, (slot) => (slot.stretched ? 1 : 0))],
    ['facets', Int32Array.from(slots, (slot) => slot.facets)],
    ['shapes', keys.shapes],
    ['parts', keys.parts],
    ['table', table],
    ['rest', text({ names: keys.names, texts: keys.texts, words, values, forms })],
  ])
}

export function restoreStore(store: Store, arrays: SavedArrays): void {
  const { names, texts, words, values, forms } = json(arrays, 'rest') as Rest
  const ends = new Int32Array(buffer(arrays, 'ends'))
  const size = ends.length === 0 ? 0 : ends[ends.length - 1]!
  const columns = Columns.from(size, (name) => buffer(arrays, name))
  const table = new Int32Array(buffer(arrays, 'table'))
  store.values.restore({ words, values, table })
  for (const [position, of] of forms) store.forms.set(position, new Map(of))
  store.restore(columns, slotsOf(arrays, ends, { names, texts }))
}

interface Rest {
  readonly names: readonly (readonly string[])[]
  readonly texts: readonly string[]
  readonly words: SavedValues['words']
  readonly values: SavedValues['values']
  readonly forms: readonly (readonly [number, readonly (readonly [string, readonly number[]])[]])[]
}

function slotsOf(
  arrays: SavedArrays,
  ends: Int32Array,
  { names, texts }: Pick<Rest, 'names' | 'texts'>,
): Slot[] {
  const middles = new Int32Array(buffer(arrays, 'middles'))
  const widths = new Float64Array(buffer(arrays, 'widths'))
  const stretched = new Uint8Array(buffer(arrays, 'stretched'))
  const facets = new Int32Array(buffer(arrays, 'facets'))
  const shapes = new Int32Array(buffer(arrays, 'shapes'))
  const parts = new Int32Array(buffer(arrays, 'parts'))
  const slots: Slot[] = []
  let part = 0
  for (let i = 0; i < ends.length; i++) {
    const key: Record<string, string> = {}
    for (const name of names[shapes[i]!]!) key[name] = texts[parts[part++]!]!
    const slot = new Slot(key)
    slot.lay(i === 0 ? 0 : ends[i - 1]!, middles[i]!, ends[i]!)
    slot.width = widths[i]!
    slot.stretched = stretched[i] === 1
    slot.facets = facets[i]!
    slots.push(slot)
  }
  return slots
}

/** Keys in columns: which names each has, and the numbers of the texts they stand for. */
class Keys {
  readonly names: (readonly string[])[] = []
  readonly texts: string[] = []
  readonly shapes: Int32Array
  readonly parts: Int32Array
  readonly #shapes = new Map<string, number>()
  readonly #texts = new Map<string, number>()

  constructor(slots: readonly Slot[]) {
    this.shapes = Int32Array.from(slots, ({ key }) => this.#shape(Object.keys(key)))
    this.parts = Int32Array.from(
      slots.flatMap(({ key }) => Object.values(key).map((value) => this.#text(value))),
    )
  }

  #shape(names: readonly string[]): number {
    const text = JSON.stringify(names)
    const known = this.#shapes.get(text)
    if (known !== undefined) return known
    this.#shapes.set(text, this.names.length)
    return this.names.push(names) - 1
  }

  #text(value: string): number {
    const known = this.#texts.get(value)
    if (known !== undefined) return known
    this.#texts.set(value, this.texts.length)
    return this.texts.push(value) - 1
  }
}

function text(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function json(arrays: SavedArrays, name: string): unknown {
  return JSON.parse(new TextDecoder().decode(buffer(arrays, name)))
}

function buffer(arrays: SavedArrays, name: string): ArrayBuffer {
  const bytes = arrays.get(name)
  if (bytes === undefined) throw new RangeError(`a saved state lacks ${name}`)
  return bytes.buffer
}
